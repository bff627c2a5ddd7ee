// READY, DRAIN and MAINT of a server, by an operator's word to HAProxy: `set server NAME state drain`.
import { BeliefState } from '../../simulation/trace.ts';
import { balancerOf } from '../beliefs.ts';
import { designNow } from '../design-now.ts';
import { defineAction } from './action.ts';

/** In HAProxy's own words, as its runtime interface takes them. */
export type ServerState = 'ready' | 'drain' | 'maint';

interface Wish {
  /** The server's name in the configuration. */
  readonly server: string;
  readonly state: ServerState;
}

const DEEDS: Readonly<Record<ServerState, string>> = { ready: 'make ready', drain: 'drain', maint: 'take out' };

export const setServerState = defineAction<Wish>({
  id: 'set-server-state',
  label: 'Set the state of a server',
  refusal: (app, { server, state }) => {
    const balancer = balancerOf(designNow(app));
    const servers = balancer?.config['servers'];
    const known = Array.isArray(servers) && servers.some((one: { readonly name?: unknown }) => one.name === server);
    if (balancer === undefined || !known) return 'HAProxy has no such server.';
    const reading = app.playback.getState().view?.readings[balancer.id];
    if (reading?.state === 'down') return 'HAProxy is dead: nobody obeys. Repair it first.';
    const word = reading?.rows.find((row) => row.name === server)?.word ?? '';
    return stateOf(word) === state ? `${server} is ${state === 'ready' ? 'ready' : word} already.` : null;
  },
  perform: (app, { server, state }) => {
    const balancer = balancerOf(designNow(app));
    if (balancer === undefined) return;
    app.control.act({
      label: `${DEEDS[state]} ${server}`,
      commands: [
        {
          type: 'admin',
          atUs: app.control.now(),
          target: balancer.id,
          words: ['set', 'server', server, 'state', state],
        },
      ],
    });
  },
});

/** What an operator said last, read from HAProxy's word for the server. */
export const stateOf = (word: string): ServerState =>
  word === WORDS[BeliefState.Drain] ? 'drain' : word === WORDS[BeliefState.Maintenance] ? 'maint' : 'ready';

const WORDS: Readonly<Record<number, string>> = { [BeliefState.Drain]: 'DRAIN', [BeliefState.Maintenance]: 'MAINT' };
