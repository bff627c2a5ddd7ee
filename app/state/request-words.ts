// The way of a request in words: what happens at each stage, how it ended, and why, in HAProxy's own terms and in plain ones.
import type { Component, Design } from '../design/design.ts';
import { type Elements, elementsOf } from '../design/elements.ts';
import { formatDuration, fromMs, type Micros } from '../foundation/micros.ts';
import { Purpose, REASONS, type Reason } from '../simulation/message.ts';
import { COOKIE_STATES, TERMINATIONS } from '../simulation/requests.ts';
import type { RequestEnd, Stage, Way } from '../timeline/request-way.ts';
import { balancerOf, serversIn } from './beliefs.ts';
import { componentNamed, hostWords, sentenceCase, targetWords } from './truth.ts';

export interface StageWords {
  /** `Connect to Server 1`. */
  readonly name: string;
  /** `no answer in timeout connect`. */
  readonly note: string;
}

const NOUNS: Readonly<Record<number, string>> = {
  [Purpose.Write]: 'write',
  [Purpose.Static]: 'request for a file',
  [Purpose.Flood]: "request of the flood's",
};
const nounOf = ({ purpose }: Way): string => NOUNS[purpose] ?? 'read';

/** `A write failed after 6.4 s`. */
export function headline(way: Way): string {
  const noun = `A ${nounOf(way)}`;
  const took = formatDuration(way.untilUs - way.startUs);
  if (way.end === null) return `${noun} is under way`;
  if (way.end.outcome === 2) return `${noun} failed after ${took}`;
  return way.end.outcome === 1 ? `${noun} was answered in ${took}, on another try` : `${noun} was answered in ${took}`;
}

/** HAProxy's four characters, `sH--`; empty where no HAProxy has ended it. */
export function terminationWord(end: RequestEnd): string {
  const word = TERMINATIONS[end.termination] ?? '';
  return word === '' ? '' : `${word}${COOKIE_STATES[end.cookieState] ?? '--'}`;
}

/** Why it ended as it did, in one sentence. */
export function whyEnded(design: Design, way: Way): string {
  const { end } = way;
  if (end === null) return 'It has no answer yet.';
  const elements = elementsOf(design);
  const server = serverWords(design, elements, end.server);
  const config = balancerOf(design)?.config ?? {};
  const limit = (name: string) => seconds(config[name]);
  const tries = `${end.retries + 1} ${end.retries === 0 ? 'try' : 'tries'}`;
  switch (TERMINATIONS[end.termination]) {
    case 'SC':
      return REASONS[end.reason] === 'no-server'
        ? 'HAProxy had no usable server to send it to.'
        : `Nothing listened on ${server}: the connection was refused, after ${tries}.`;
    case 'sC':
      return `HAProxy made ${tries} to connect, and none was answered within timeout connect, ${limit('timeoutConnectMs')}.`;
    case 'sQ':
      return `It waited in HAProxy's queue for timeout queue, ${seconds(config['timeoutQueueMs'] ?? config['timeoutConnectMs'])}, and no slot became free.`;
    case 'SQ':
      return `The queue for ${server} was full, so HAProxy refused it.`;
    case 'sH':
      return `HAProxy reached ${server} and sent the request, but no answer began within timeout server, ${limit('timeoutServerMs')}.${stuckWords(design, elements, way)}`;
    case 'SH':
      return `${sentenceCase(server)} closed the connection before it answered.`;
    case 'DH':
      return `HAProxy marked ${server} DOWN and closed what was still open there.`;
    case 'CC':
    case 'CQ':
    case 'CH':
    case 'CD':
    case 'cD':
      return 'The user left before the answer came.';
    default:
      return plainReason(design, elements, way, end, server);
  }
}

/** Without a HAProxy that ended it, or with an answer that HAProxy only passed on. */
function plainReason(design: Design, elements: Elements, way: Way, end: RequestEnd, server: string): string {
  const cause = causeWords(design, elements, end.cause);
  const reason: Reason = REASONS[end.reason] ?? 'none';
  switch (reason) {
    case 'none':
      return answeredWords(way, end, server);
    case 'app-refused':
      return `nginx answered for it: ${cause} refused the connection.`;
    case 'app-closed':
      return `nginx answered for it: ${cause} died while it worked on the request.`;
    case 'app-timeout':
      return `nginx answered for it: ${cause} did not answer in time.`;
    case 'database-refused':
      return `The app server answered with an error: ${cause} refused the connection.`;
    case 'database-closed':
      return `The app server answered with an error: ${cause} died during the query.`;
    case 'database-timeout':
      return `The app server answered with an error: ${cause} did not answer in time.`;
    case 'read-only':
      return `The app server answered with an error: ${cause} is a replica and takes no writes.`;
    case 'site-refused':
      return `${sentenceCase(cause)} refused the connection: nothing listens there.`;
    case 'site-closed':
      return `${sentenceCase(cause)} died with the connection open.`;
    case 'client-timeout':
      return `The user gave up waiting after ${seconds(design.traffic.clientTimeoutMs)}.${stuckWords(design, elements, way)}`;
    case 'overloaded':
      return `${sentenceCase(cause)} had no room for another connection.`;
    default:
      return `${sentenceCase(server)} answered with an error.`;
  }
}

function answeredWords(way: Way, { retries, staleBy }: RequestEnd, server: string): string {
  const late = retries === 0 ? '' : ` after ${retries} ${retries === 1 ? 'try' : 'tries'} that failed`;
  const by = server === '' ? 'The server' : sentenceCase(server);
  const old = staleBy === 0 ? '' : ` The data was ${staleBy} ${staleBy === 1 ? 'write' : 'writes'} old.`;
  const saved = way.purpose === Purpose.Write ? 'saved it and answered' : 'answered';
  return `${by} ${saved}${late}.${old}`;
}

/** Behind whom the answer was stuck. */
function stuckWords(design: Design, elements: Elements, way: Way): string {
  const stuck = way.stages.findLast((stage) => stage.sort === 'silence' || stage.sort === 'connect');
  if (stuck === undefined) return '';
  return ` It was stuck at ${partWords(design, elements, stuck.part)}.`;
}

/** What happens at a stage, for the waterfall. `next` tells a connection's end from what follows it. */
export function stageWords(design: Design, way: Way, stage: Stage): StageWords {
  const elements = elementsOf(design);
  const name = partWords(design, elements, stage.part);
  const balancer = balancerOf(design);
  const isTry = balancer !== undefined && elements.ids[callerOf(design, elements, stage.link)] === balancer.id;
  switch (stage.sort) {
    case 'wire':
      return wireWords(design, elements, way, stage, isTry);
    case 'pick':
      return { name: 'HAProxy', note: `picks ${serverWords(design, elements, stage.link)}` };
    case 'queue':
      return balancer?.id === elements.ids[stage.part]
        ? { name: 'Queue in HAProxy', note: 'waits for a free slot' }
        : { name: 'Queue for a worker', note: `all of ${name} are busy` };
    case 'work':
      return { name: sentenceCase(name), note: workNote(design, elements, way, stage) };
    case 'pause':
      return { name: 'HAProxy', note: 'waits before the next try' };
    case 'connect':
      return connectWords(design, elements, stage, isTry);
    case 'silence':
      return { name: sentenceCase(name), note: 'took it in and never answered' };
    case 'giveUp':
      return giveUpWords(design, elements, stage);
  }
}

function wireWords(design: Design, elements: Elements, way: Way, stage: Stage, isTry: boolean): StageWords {
  const caller = callerOf(design, elements, stage.link);
  const from = partWords(design, elements, caller);
  const to = partWords(design, elements, stage.part);
  if (elements.sortOf(stage.link) === 'dns') {
    return stage.forth
      ? { name: 'Users to DNS', note: 'asks for the address' }
      : { name: 'DNS to users', note: 'brings the address' };
  }
  if (!stage.forth) {
    const word = caller === 0 ? 'Back to the user' : `Back to ${from}`;
    if (caller !== 0) return { name: word, note: stage.bad ? 'an error' : 'the answer' };
    return { name: word, note: stage.bad ? 'an error page' : 'the page' };
  }
  if (!isTry || stage.attempt === 0) return { name: caller === 0 ? `Users to ${to}` : `To ${to}`, note: 'on the wire' };
  const retries = Number(balancerOf(design)?.config['retries'] ?? 0);
  const isOther = way.stages.some(
    (one) => one.sort === 'pick' && one.attempt === stage.attempt - 1 && one.link !== stage.link,
  );
  const where = serverWords(design, elements, stage.link);
  return {
    name: `Retry ${stage.attempt} of ${retries}`,
    note: isOther ? `redispatched to ${where}` : `again to ${where}`,
  };
}

function connectWords(design: Design, elements: Elements, stage: Stage, isTry: boolean): StageWords {
  const name = isTry
    ? `Connect to ${serverWords(design, elements, stage.link)}`
    : `To ${partWords(design, elements, stage.part)}`;
  if (stage.bad) return { name, note: 'refused: nothing listens' };
  return { name, note: isTry ? 'no answer in timeout connect' : 'no connection, no answer' };
}

/** Whose patience ended, and which setting says so. */
function giveUpWords(design: Design, elements: Elements, stage: Stage): StageWords {
  const part = componentNamed(design, elements.ids[stage.part] ?? '');
  const name =
    stage.part === 0 ? 'The user gives up' : `${sentenceCase(partWords(design, elements, stage.part))} gives up`;
  if (part === undefined) return { name, note: `${seconds(design.traffic.clientTimeoutMs)} after the click` };
  const { config } = part;
  if (part.kind === 'load-balancer')
    return { name, note: `timeout server, ${seconds(config['timeoutServerMs'])} after it sent` };
  if (part.kind === 'web-server') return { name, note: `proxy_read_timeout, ${seconds(config['proxyReadTimeoutMs'])}` };
  return { name, note: 'its own limit for the database' };
}

function workNote(design: Design, elements: Elements, way: Way, stage: Stage): string {
  const part = componentNamed(design, elements.ids[stage.part] ?? '');
  if (way.end === null && stage.toUs === way.untilUs) return 'works on it, or waits';
  switch (part?.kind) {
    case 'web-server':
      return way.purpose === Purpose.Static ? 'reads the file' : 'reads the request';
    case 'app-server':
      return 'a worker computes';
    case 'database':
      return way.purpose === Purpose.Write ? 'saves the write' : 'reads the data';
    default:
      return 'works on it';
  }
}

/** What the strip says at this stage: a sentence. */
export function stageSentence(design: Design, way: Way, stage: Stage): string {
  const { name, note } = stageWords(design, way, stage);
  const tookUs = stage.toUs - stage.fromUs;
  const took = tookUs === 0 ? '' : `, ${formatDuration(tookUs)}`;
  return `Request ${way.request}, a ${nounOf(way)}. ${name}: ${note}${took}.`;
}

/** What the strip says when the request has ended. */
export const endSentence = (design: Design, way: Way): string =>
  `Request ${way.request}. ${headline(way)}. ${whyEnded(design, way)}`;

/** `nginx, Server 2`, `the primary`; the part's name in the middle of a sentence. */
export function partWords(design: Design, elements: Elements, element: number): string {
  const id = elements.ids[element] ?? '';
  if (elements.sortOf(element) === 'users') return 'users';
  const part: Component | undefined = componentNamed(design, id);
  if (part === undefined) return elements.sortOf(element) === 'dns' ? 'DNS' : targetWords(design, id);
  return targetWords(design, id);
}

/** The server behind a link, as HAProxy's users call it: by its host. */
function serverWords(design: Design, elements: Elements, link: number): string {
  const server = serversIn(design, elements).find((one) => one.linkElement === link);
  return server === undefined ? '' : hostWords(design, server.hostId);
}

const callerOf = (design: Design, elements: Elements, link: number): number =>
  elements.indexOf(design.links[link - elements.firstLink]?.from ?? '');

function causeWords(design: Design, elements: Elements, cause: number): string {
  if (cause < 0) return 'the server';
  const id = elements.ids[cause] ?? '';
  const link = design.links.find((one) => one.id === id);
  return targetWords(design, link?.to ?? id);
}

const seconds = (ms: unknown): string => formatDuration(fromMs(Number(ms)) as Micros).replace('.0 s', ' s');
