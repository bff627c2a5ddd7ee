// Laws of a service time: each is drawn from one seeded stream with arithmetic that gives the same bits on every engine.
// A law is named, and has a mean and a coefficient of variation (standard deviation over mean).
import { exp, ln } from '../foundation/exact-math.ts';
import { nextUniform } from '../foundation/prng.ts';

export const DISTRIBUTIONS = ['fixed', 'exponential', 'gamma', 'uniform', 'hyperexponential', 'lognormal'] as const;
export type Distribution = (typeof DISTRIBUTIONS)[number];

/** What the laws with a choice have when nothing is said: gamma the sum of four exponential steps, uniform 0 to twice the mean. */
const USUAL_VARIATION = { gamma: 0.5, uniform: Math.sqrt(1 / 3), hyperexponential: 2, lognormal: 1 } as const;
const GAMMA_STEPS = 4;

/** The coefficient of variation that a law comes to. */
export function variationOf(distribution: Distribution, variation?: number): number {
  switch (distribution) {
    case 'fixed':
      return 0;
    case 'exponential':
      return 1;
    case 'uniform':
      return Math.min(USUAL_VARIATION.uniform, variation ?? USUAL_VARIATION.uniform);
    case 'hyperexponential':
      return Math.max(1, variation ?? USUAL_VARIATION.hyperexponential);
    default:
      return variation ?? USUAL_VARIATION[distribution];
  }
}

/** A draw in the unit of the mean, not rounded. `variation` is passed over by the laws that have no choice. */
export function drawTime(
  state: Int32Array,
  stream: number,
  mean: number,
  distribution: Distribution,
  variation?: number,
): number {
  switch (distribution) {
    case 'fixed':
      return mean;
    case 'exponential':
      return -mean * ln(nextUniform(state, stream));
    case 'gamma':
      return drawGamma(state, stream, mean, variation ?? USUAL_VARIATION.gamma);
    case 'uniform': {
      const half = Math.min(1, (variation ?? USUAL_VARIATION.uniform) * Math.sqrt(3));
      return mean * (1 - half + 2 * half * nextUniform(state, stream));
    }
    case 'hyperexponential':
      return drawHyperexponential(state, stream, mean, variation ?? USUAL_VARIATION.hyperexponential);
    case 'lognormal':
      return drawLognormal(state, stream, mean, variation ?? USUAL_VARIATION.lognormal);
  }
}

/** Shape 1 / variation^2. A whole shape up to 16 is the sum of so many exponential steps, any other goes by rejection. */
function drawGamma(state: Int32Array, stream: number, mean: number, variation: number): number {
  if (variation === 0) return mean;
  const shape = variation === USUAL_VARIATION.gamma ? GAMMA_STEPS : 1 / (variation * variation);
  const steps = Math.round(shape);
  if (steps < 1 || steps > 16 || Math.abs(steps - shape) > 1e-9)
    return (mean / shape) * drawShape(state, stream, shape);
  let product = 1;
  for (let i = 0; i < steps; i++) product *= nextUniform(state, stream);
  return (-mean / steps) * ln(product);
}

/** Gamma with scale 1. Source: Marsaglia and Tsang, A simple method for generating gamma variables (2000). */
function drawShape(state: Int32Array, stream: number, shape: number): number {
  if (shape < 1) return drawShape(state, stream, shape + 1) * exp(ln(nextUniform(state, stream)) / shape);
  const d = shape - 1 / 3;
  const c = 1 / Math.sqrt(9 * d);
  for (;;) {
    const x = drawNormal(state, stream);
    const root = 1 + c * x;
    if (root <= 0) continue;
    const v = root * root * root;
    if (ln(nextUniform(state, stream)) < 0.5 * x * x + d - d * v + d * ln(v)) return d * v;
  }
}

/** Two exponential branches with balanced means, for a variation of 1 or more. Source: Whitt, 1982. */
function drawHyperexponential(state: Int32Array, stream: number, mean: number, variation: number): number {
  const scv = Math.max(1, variation * variation);
  const share = (1 + Math.sqrt((scv - 1) / (scv + 1))) / 2;
  const branch = nextUniform(state, stream) < share ? share : 1 - share;
  return (-mean / (2 * branch)) * ln(nextUniform(state, stream));
}

function drawLognormal(state: Int32Array, stream: number, mean: number, variation: number): number {
  const variance = ln(1 + variation * variation);
  return mean * exp(Math.sqrt(variance) * drawNormal(state, stream) - variance / 2);
}

/** Standard normal, by Marsaglia's polar method; the second number is thrown away, so that a stream holds no memory. */
function drawNormal(state: Int32Array, stream: number): number {
  for (;;) {
    const u = 2 * nextUniform(state, stream) - 1;
    const v = 2 * nextUniform(state, stream) - 1;
    const s = u * u + v * v;
    if (s > 0 && s < 1) return u * Math.sqrt((-2 * ln(s)) / s);
  }
}
