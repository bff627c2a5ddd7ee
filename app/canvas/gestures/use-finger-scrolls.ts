// Over a diagram that is not enlarged one finger scrolls the page: React Flow, which would pan, hears of two fingers only.
import { type RefObject, useEffect } from 'react';

export function useFingerScrolls(container: RefObject<HTMLElement | null>, isOn: boolean): void {
  useEffect(() => {
    const root = container.current;
    if (root === null || !isOn) return;
    const keep = (event: TouchEvent): void => {
      if (event.touches.length === 1) event.stopPropagation();
    };
    root.addEventListener('touchstart', keep, { capture: true, passive: true });
    return () => root.removeEventListener('touchstart', keep, { capture: true });
  }, [container, isOn]);
}
