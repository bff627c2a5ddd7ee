// The composition root: the only file that knows everything. Builds the state, hands it to React, and shows the shell.
import { StrictMode } from 'react';
import { createRoot } from 'react-dom/client';
import type { App } from './state/app.ts';

declare module './ui/app-context.tsx' {
  interface Register {
    readonly app: App;
  }
}

const root = document.getElementById('root');
if (root) {
  createRoot(root).render(
    <StrictMode>
      <h1>Spofcheck</h1>
    </StrictMode>,
  );
}
