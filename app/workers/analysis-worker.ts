// The analysis worker: one headless run at a time, and a look at its post between two, so that a new design never waits for
// the analysis of the one before. The page starts it once for the issues, and once for each core while the blast radius is
// measured: the same file, so nothing is fetched twice. The rules come with the first look for issues.
import type { Progress } from '../analysis/analyse.ts';
import { measureFault } from '../analysis/blast-radius.ts';
import type { LastingFault } from '../analysis/fault-measure.ts';
import { measureWith } from '../analysis/measure.ts';
import { behaviours } from '../catalogue/kinds.ts';
import { knowledge } from '../catalogue/knowledge.ts';
import type { Design } from '../design/design.ts';
import type { AnalysisReply, AnalysisRequest } from './analysis-protocol.ts';

const port = self as unknown as { postMessage(reply: AnalysisReply): void };

let steps: Generator<Progress, Progress> | null = null;
/** The last analysis that came to its end, so that an accepted issue does not measure everything again. */
let whole: { readonly key: string; readonly progress: Progress } | null = null;
let lookingAt = '';
let revision = -1;
let scheduled = false;
let postedMs = Number.NEGATIVE_INFINITY;
/** Kills of this analysis that the page has. */
let postedKills = 0;

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
    if (step.done) {
      steps = null;
      whole = { key: lookingAt, progress: step.value };
    }
    if (step.done || performance.now() - postedMs >= LEAST_BETWEEN_POSTS_MS) {
      postedMs = performance.now();
      postProgress(step.value);
    }
  } catch (error) {
    steps = null;
    port.postMessage({ type: 'stopped', revision, message: wordsOf(error) });
  }
  schedule();
}

function postProgress(progress: Progress): void {
  const kills = progress.kills.slice(postedKills);
  port.postMessage({ type: 'progress', revision, progress: { ...progress, kills }, killsBefore: postedKills });
  postedKills = progress.kills.length;
}

async function look({ design, seed, revision: asked }: Extract<AnalysisRequest, { type: 'look' }>): Promise<void> {
  const rules = await import('./looking.ts').catch(() => null);
  if (asked !== revision) return;
  if (rules === null) {
    port.postMessage({ type: 'stopped', revision, message: 'The rules could not be loaded. Load the page again.' });
    return;
  }
  postedMs = Number.NEGATIVE_INFINITY;
  postedKills = 0;
  lookingAt = JSON.stringify([seed, { ...design, accepted: [] }]);
  if (whole !== null && whole.key === lookingAt) {
    postProgress(rules.listedAgain(whole.progress, design));
    return;
  }
  steps = rules.stepsOf(design, measureWith(behaviours, seed));
  schedule();
}

/** What the faults of the blast radius are measured on. */
let subject: { readonly design: Design; readonly seed: number } | null = null;

function measureOne(asked: number, fault: LastingFault): void {
  if (subject === null) return;
  try {
    const measure = measureWith(behaviours, subject.seed);
    const measured = measureFault(subject.design, fault, knowledge, measure);
    port.postMessage({ type: 'row', revision: asked, measure: measured });
  } catch (error) {
    port.postMessage({ type: 'unmeasured', revision: asked, fault, message: wordsOf(error) });
  }
}

const wordsOf = (error: unknown): string => (error instanceof Error ? error.message : String(error));

self.onmessage = (event: MessageEvent<AnalysisRequest>) => {
  const request = event.data;
  switch (request.type) {
    case 'look':
      revision = request.revision;
      steps = null;
      void look(request);
      return;
    case 'subject':
      subject = request;
      return;
    case 'measure':
      measureOne(request.revision, request.fault);
  }
};
