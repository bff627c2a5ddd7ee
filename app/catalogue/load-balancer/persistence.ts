// Cookie stickiness (`cookie NAME insert indirect nocache`): a user whose cookie names a server that is not down gets that
// server, whatever the algorithm would say; whoever was balanced gets a cookie with the answer.
import type { Context } from '../../simulation/behaviour.ts';
import { ClientCookie, cookieState } from '../../simulation/requests.ts';
import { NO_SERVER } from './algorithm.ts';
import { isDown, type LoadBalancerState } from './backend.ts';
import type { LoadBalancerConfig } from './config.ts';

/** The server that the request's cookie names and that may be used (a draining one may), or NO_SERVER. */
export function stickyServer(
  state: LoadBalancerState,
  config: LoadBalancerConfig,
  slot: number,
  context: Context,
): number {
  const { requests } = context;
  const cookie = requests.cookie[slot] as number;
  if (cookie === 0) {
    requests.cookieState[slot] = cookieState(ClientCookie.None, false);
    return NO_SERVER;
  }
  let isKnown = false;
  for (let server = 0; server < state.cookies.length; server++) {
    if (state.cookies[server] !== cookie || (state.links[server] as number) < 0) continue;
    if (!isDown(state, config, server)) {
      requests.cookieState[slot] = cookieState(ClientCookie.Valid, false);
      return server;
    }
    isKnown = true;
  }
  requests.cookieState[slot] = cookieState(isKnown ? ClientCookie.Down : ClientCookie.Invalid, false);
  return NO_SERVER;
}

/** A request whose cookie was followed got another server after all. */
export function cookieFailed(slot: number, context: Context): void {
  const { requests } = context;
  if (requests.cookieState[slot] === cookieState(ClientCookie.Valid, false)) {
    requests.cookieState[slot] = cookieState(ClientCookie.Down, false);
  }
}

/** The answer of a server that was balanced, not named by a cookie: it carries the server's cookie. */
export function insertCookie(state: LoadBalancerState, server: number, slot: number, context: Context): void {
  const { requests } = context;
  const value = state.cookies[server] as number;
  if (value === 0) return;
  requests.setCookie[slot] = value;
  requests.cookieState[slot] = (requests.cookieState[slot] as number) + 1; // the same, inserted
}
