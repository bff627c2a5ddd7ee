// What monitoring knows: plain columns that are copied with the world. Hosts and alert rules by their index in the design.
import type { Design } from '../design/design.ts';
import type { Micros } from '../foundation/micros.ts';

export interface WatchState {
  /** When the last report of each host came; -1 before the first. */
  heardUs: Float64Array;
  /** As the host last reported: servers that a balancer of its has DOWN. */
  serversDown: Int32Array;
  /** Of each component: checks in a row, one with each report of its host, in which its process was dead or did not answer. */
  failedChecks: Int32Array;
  /** Writes that the primary had at the host's report before the last, and its replica had not at the last. */
  behind: Int32Array;
  /** Version of the primary of each link at the report before. */
  versions: Int32Array;
  /** Answers of each component, and those that were errors: counted, and as last reported. */
  answers: Int32Array;
  errors: Int32Array;
  reportedAnswers: Int32Array;
  reportedErrors: Int32Array;
  /** Share of errors between the last two reports of each host, in hundredths of a percent. */
  errorShare: Int32Array;
  /** Since when the condition of each alert rule has held, -1 while it does not; and whether it fires, and was told. */
  sinceUs: Float64Array;
  firing: Uint8Array;
  told: Uint8Array;
}

export function watchStateOf(design: Design): WatchState {
  const hosts = design.hosts.length;
  const parts = design.components.length;
  const rules = design.monitoring?.alerts.length ?? 0;
  return {
    heardUs: new Float64Array(hosts).fill(-1),
    serversDown: new Int32Array(hosts),
    failedChecks: new Int32Array(parts),
    behind: new Int32Array(hosts),
    versions: new Int32Array(design.links.length),
    answers: new Int32Array(parts),
    errors: new Int32Array(parts),
    reportedAnswers: new Int32Array(parts),
    reportedErrors: new Int32Array(parts),
    errorShare: new Int32Array(hosts),
    sinceUs: new Float64Array(rules).fill(-1),
    firing: new Uint8Array(rules),
    told: new Uint8Array(rules),
  };
}

export const copyWatch = (state: WatchState): WatchState => ({
  ...state,
  heardUs: state.heardUs.slice(),
  serversDown: state.serversDown.slice(),
  failedChecks: state.failedChecks.slice(),
  behind: state.behind.slice(),
  versions: state.versions.slice(),
  answers: state.answers.slice(),
  errors: state.errors.slice(),
  reportedAnswers: state.reportedAnswers.slice(),
  reportedErrors: state.reportedErrors.slice(),
  errorShare: state.errorShare.slice(),
  sinceUs: state.sinceUs.slice(),
  firing: state.firing.slice(),
  told: state.told.slice(),
});

/** A host whose collector has missed this many reports in a row counts as silent on the picture. */
const MISSED = 2;

/** After this long without a report a host is drawn as silent: two of its reports are missing. */
export const silentAfterUs = (intervalUs: Micros, latencyUs: Micros): Micros => MISSED * intervalUs + latencyUs;
