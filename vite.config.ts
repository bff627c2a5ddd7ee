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

// React Flow can animate the viewport, with d3-transition, its timers and its colours; this page never asks it to. What d3-zoom
// calls at the start of a gesture is there and finds nothing to interrupt.
const withoutTransitions: Plugin = {
  name: 'without-transitions',
  enforce: 'pre',
  resolveId: (id) => (id === 'd3-transition' ? '\0without-transitions' : null),
  load: (id) =>
    id === '\0without-transitions'
      ? `import { selection } from 'd3-selection';
         selection.prototype.interrupt = function () { return this; };
         export const interrupt = () => undefined;`
      : null,
};

/** What comes after the first picture, of rooms that are shared otherwise. */
const LATER = 'scene(-(tags|sheet|guards|issues|ghosts|layers))?|upright|legend|bead|flat|design-plan|outcome-chart';
const SHARED = new RegExp(
  [
    `/app/drawing/(?!(${LATER})\\.ts)`,
    '/app/foundation/(assert|micros|merge-patch)',
    '/app/ui/app-context',
    '/app/catalogue/(figures|(?!virtual-ip)[^/]+/figure)',
    '/app/state/(truth|design-at|design-now|actions/action|beliefs)',
    '/app/simulation/trace',
    '/node_modules/react/',
  ].join('|'),
);

export default defineConfig({
  base: './',
  plugins: [react(), relaxPolicyInDevelopment, withoutTransitions],
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
