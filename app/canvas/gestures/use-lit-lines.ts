// Hovering a part or host darkens its lines. Done on the page's elements, so that moving the pointer renders nothing.
import { type RefObject, useEffect } from 'react';
import type { Design } from '../../design/design.ts';

export function useLitLines(container: RefObject<HTMLElement | null>, design: Design): void {
  useEffect(() => {
    const root = container.current;
    if (root === null) return;
    let lit: string | null = null;
    const light = (id: string | null): void => {
      if (id === lit) return;
      lit = id;
      const ends = new Set(design.components.filter((part) => part.hostId === id).map((part) => part.id));
      if (id !== null) ends.add(id);
      for (const line of root.querySelectorAll<SVGGElement>('.canvas-line')) {
        line.dataset['lit'] = String(ends.has(line.dataset['from'] ?? '') || ends.has(line.dataset['to'] ?? ''));
      }
    };
    const over = ({ target, pointerType }: PointerEvent): void => {
      if (pointerType === 'touch') return;
      const node = target instanceof Element ? target.closest<HTMLElement>('.canvas-node[data-element]') : null;
      light(node?.dataset['element'] ?? null);
    };
    const leave = (): void => light(null);
    root.addEventListener('pointerover', over);
    root.addEventListener('pointerleave', leave);
    return () => {
      root.removeEventListener('pointerover', over);
      root.removeEventListener('pointerleave', leave);
    };
  }, [container, design]);
}
