// The drawings that the page fetches with its story (figures.ts says why).
import type { LateFigures } from './figures.ts';
import { compactFigure } from './load-balancer/compact-figure.ts';
import { figure as keepalived } from './virtual-ip/figure.ts';

export const LATE_FIGURES: LateFigures = { keepalived, compactBalancer: compactFigure };
