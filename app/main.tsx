// The composition root. For now it only proves that the page loads.
import { StrictMode } from 'react';
import { createRoot } from 'react-dom/client';

const root = document.getElementById('root');
if (root) {
  createRoot(root).render(
    <StrictMode>
      <h1>Spofcheck</h1>
    </StrictMode>,
  );
}
