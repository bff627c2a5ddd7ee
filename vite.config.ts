import react from '@vitejs/plugin-react';
import type { Plugin } from 'vite';
import { defineConfig } from 'vitest/config';

// The development server needs inline scripts and a socket, which the content security policy refuses;
// the built page keeps the policy of index.html to the letter.
const relaxPolicyInDevelopment: Plugin = {
  name: 'relax-policy-in-development',
  apply: 'serve',
  transformIndexHtml: (html) => html.replace(/<meta\s+http-equiv="Content-Security-Policy"[^>]*>/, ''),
};

const SHARED =
  /\/app\/(drawing\/(?!(scene(-tags|-sheet|-guards)?|upright|legend|bead|design-plan|outcome-chart)\.ts)|foundation|ui\/app-context|catalogue\/(figures|[^/]+\/figure)|state\/(truth|design-at|design-now|actions\/action|beliefs)|simulation\/trace)|\/node_modules\/react\//;

export default defineConfig({
  base: './',
  plugins: [react(), relaxPolicyInDevelopment],
  worker: {
    format: 'es',
    rolldownOptions: {
      output: {
        // V8 folds a constant that stays `const`; as a `var` it is fetched and checked at each use: 9 % of the engine's time.
        topLevelVar: false,
        // The name is how the size gate tells a worker's files from the page's.
        entryFileNames: 'assets/worker-[name]-[hash].js',
        chunkFileNames: 'assets/worker-[name]-[hash].js',
      },
    },
  },
  build: {
    target: 'es2023',
    modulePreload: { polyfill: false },
    reportCompressedSize: false,
    // What the first picture and later pieces share comes in one file: a dozen small ones compress worse.
    rolldownOptions: { output: { codeSplitting: { groups: [{ name: 'shared', test: SHARED }] } } },
    // `npm run size` weighs what a visitor loads, gzipped; Vite's own limit knows no bars.
    chunkSizeWarningLimit: 1000,
  },
  test: {
    include: ['app/**/*.test.{ts,tsx}'],
    environment: 'node',
    testTimeout: 30_000,
  },
});
