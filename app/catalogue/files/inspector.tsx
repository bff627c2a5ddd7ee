// The application files have nothing to set: the form says what they are.
import type { FilesConfig } from './config.ts';

export function Inspector({ config }: { readonly config: FilesConfig }) {
  return (
    <div className="field">
      <p>The code that the app server runs: {config.paths.join(', ')}. They have no process that could die.</p>
    </div>
  );
}
