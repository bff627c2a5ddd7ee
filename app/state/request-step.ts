// Step, for the classroom: follows one request from the click to its answer, a stage a step. The playhead goes to the middle of
// the stage, the diagram shows it in ink, and the strip says what happens there.
import { elementsOf } from '../design/elements.ts';
import type { Micros } from '../foundation/micros.ts';
import { stepUs } from '../timeline/playhead.ts';
import type { Stage } from '../timeline/request-way.ts';
import type { App, InquiryState, LessonView } from './app.ts';
import { type FoundWay, readerOf, requestAfter, requestBefore } from './request-reader.ts';
import { endSentence, stageSentence, stageWords } from './request-words.ts';

/** So many frames are waited for seconds of the run that are not here yet. */
const PATIENCE_FRAMES = 180;

/** The stage after or before the one that is told; without one, from where the playhead is. */
export function stepRequest(app: App, direction: 1 | -1): void {
  const nowUs = app.control.now();
  const { told, request } = app.inquiry.getState();
  const isTold = told !== null && told.atUs === nowUs;
  const found = request === null ? null : readerOf(app).read(request);
  if (isTold && request !== null) goOn(app, request, told.stage + direction, direction);
  else if (found !== null && found.way.startUs <= nowUs && nowUs < found.way.untilUs)
    tell(app, found, stageAt(found, nowUs, direction));
  else takeUp(app, nowUs, direction);
}

/** Follows a request from its first stage. */
export function followRequest(app: App, request: number): void {
  app.control.setPlaying(false);
  goOn(app, request, 0, 1);
}

/** The next stage of the same request, or the next request. */
function goOn(app: App, request: number, stage: number, direction: 1 | -1): void {
  whenRead(app, request, (found) => {
    if (found === null) stepInTime(app, direction);
    else if (stage < 0) takeUp(app, found.way.startUs, -1);
    else if (stage > found.way.stages.length) takeUp(app, found.way.startUs, 1);
    else tell(app, found, stage);
  });
}

/** Another request: the first that comes after a moment, at its click, or the last that came before it, at its end. */
function takeUp(app: App, us: Micros, direction: 1 | -1): void {
  const request = direction > 0 ? requestAfter(app, us) : requestBefore(app, us);
  if (request === null) {
    stepInTime(app, direction);
    return;
  }
  whenRead(app, request, (found) => {
    if (found === null) stepInTime(app, direction);
    else tell(app, found, direction > 0 ? 0 : found.way.stages.length);
  });
}

/** Nobody is there to be followed: a tenth of a second. */
function stepInTime(app: App, direction: 1 | -1): void {
  app.inquiry.setState({ told: null });
  app.control.seek(Math.max(0, app.control.now() + direction * stepUs(app.playback.getState().speed)));
}

/** Its first seconds are usually here; else they are asked for, and some frames are waited. */
function whenRead(app: App, request: number, then: (found: FoundWay | null) => void): void {
  const ready = (): FoundWay | null => {
    const found = readerOf(app).read(request);
    return found === null || found.way.end === null ? null : found;
  };
  const now = ready();
  if (now !== null) {
    then(now);
    return;
  }
  let frames = 0;
  const stop = app.frame.onFrame(() => {
    const found = ready();
    if (found === null && ++frames < PATIENCE_FRAMES) return;
    stop();
    then(found ?? readerOf(app).read(request));
  });
}

const middle = ({ fromUs, toUs }: Stage): Micros => Math.floor((fromUs + toUs) / 2);

/** The first stage that is still to come, or the last one that is over. */
function stageAt({ way }: FoundWay, us: Micros, direction: 1 | -1): number {
  if (direction < 0)
    return Math.max(
      0,
      way.stages.findLastIndex((stage) => middle(stage) < us),
    );
  const next = way.stages.findIndex((stage) => middle(stage) > us);
  return next < 0 ? way.stages.length : next;
}

/** `index` one past the last stage is the end of the request. */
function tell(app: App, found: FoundWay, index: number): void {
  const { way } = found;
  const stage = way.stages[index];
  const atUs = stage === undefined ? way.untilUs : middle(stage);
  const told: InquiryState['told'] = { atUs, stage: index, lesson: lessonOf(found, index) };
  app.control.seek(atUs);
  app.inquiry.setState({ request: way.request, told });
}

function lessonOf({ way, design }: FoundWay, index: number): LessonView {
  const { ids } = elementsOf(design);
  const stage = way.stages[index];
  const of = way.stages.length + 1;
  const base = { point: 0, step: index + 1, of };
  if (stage === undefined) return { ...base, say: endSentence(design, way), emphasise: ['users'], notes: [] };
  const at = stage.link >= 0 ? stage.link : stage.part;
  const { note } = stageWords(design, way, stage);
  const part = ids[stage.part] ?? '';
  const isOnLink = stage.sort === 'wire' || stage.sort === 'connect';
  return {
    ...base,
    say: stageSentence(design, way, stage),
    emphasise: [ids[at] ?? '', ...(isOnLink ? [] : [part])],
    notes: isOnLink || stage.part < 2 ? [] : [{ element: part, text: note }],
  };
}
