// The analysis worker: one headless run at a time, and a look at its post between two, so that a new design never waits for
// the analysis of the one before.
import { analysisSteps, type Progress } from '../analysis/analyse.ts';
import { measureWith } from '../analysis/measure.ts';
import { KIND_RULES } from '../catalogue/findings.ts';
import { behaviours } from '../catalogue/kinds.ts';
import { knowledge } from '../catalogue/knowledge.ts';
import type { AnalysisReply, AnalysisRequest } from './analysis-protocol.ts';

const port = self as unknown as { postMessage(reply: AnalysisReply): void };

let steps: Generator<Progress, Progress> | null = null;
let revision = -1;
let scheduled = false;
let postedMs = Number.NEGATIVE_INFINITY;

/** A large design takes hundreds of short runs: the page need not hear of each. */
const LEAST_BETWEEN_POSTS_MS = 100;

// A message to oneself comes after the post that is already waiting, without the delay that browsers add to timers.
const turn = new MessageChannel();
turn.port1.onmessage = () => {
  scheduled = false;
  takeStep();
};

function schedule(): void {
  if (scheduled || steps === null) return;
  scheduled = true;
  turn.port2.postMessage(0);
}

function takeStep(): void {
  if (steps === null) return;
  try {
    const step = steps.next();
    if (step.done) steps = null;
    if (step.done || performance.now() - postedMs >= LEAST_BETWEEN_POSTS_MS) {
      postedMs = performance.now();
      port.postMessage({ type: 'progress', revision, progress: step.value });
    }
  } catch (error) {
    steps = null;
    port.postMessage({ type: 'stopped', revision, message: error instanceof Error ? error.message : String(error) });
  }
  schedule();
}

self.onmessage = (event: MessageEvent<AnalysisRequest>) => {
  const { design, seed } = event.data;
  revision = event.data.revision;
  postedMs = Number.NEGATIVE_INFINITY;
  steps = analysisSteps(design, { measure: measureWith(behaviours, seed), knowledge, kindRules: KIND_RULES });
  schedule();
};
