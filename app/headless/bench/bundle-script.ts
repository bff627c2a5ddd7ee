// Bundles a script of ours as the page's workers are bundled, so that what is measured is what the page runs.
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { build } from 'vite';

/** The text of one script with all that it imports. */
export async function bundleScript(folder: string, script: URL): Promise<string> {
  await build({
    configFile: false,
    logLevel: 'warn',
    build: {
      outDir: folder,
      emptyOutDir: true,
      target: 'es2023',
      reportCompressedSize: false,
      rolldownOptions: {
        input: fileURLToPath(script),
        output: { entryFileNames: 'worker.js', codeSplitting: false, topLevelVar: false },
      },
    },
  });
  return readFileSync(join(folder, 'worker.js'), 'utf8');
}
