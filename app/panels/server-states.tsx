// What an operator may say to HAProxy of its servers: READY, DRAIN, MAINT, each with the one sentence that it means.
import './server-states.css';
import { actOn } from '../state/actions/lesson.ts';
import { type ServerState, setServerState, stateOf } from '../state/actions/set-server-state.ts';
import { balancerOf } from '../state/beliefs.ts';
import { useApp, useStoreValue } from '../ui/app-context.tsx';
import { Choice } from '../ui/choice.tsx';

const STATES: readonly ServerState[] = ['ready', 'drain', 'maint'];

const SENTENCES: Readonly<Record<ServerState, string>> = {
  ready: 'It gets its share of the requests.',
  drain: 'It finishes old work and takes no new requests, but of users whom a cookie sends there.',
  maint: 'Taken out by hand: no new requests at all, and no health checks.',
};

/** Of every server, or of the one with this name. */
export function ServerStates({ only = null }: { readonly only?: string | null }) {
  const app = useApp();
  const balancer = useStoreValue(app.playback, (playback) => {
    const design = playback.view?.design;
    return design === undefined ? '' : (balancerOf(design)?.id ?? '');
  });
  const rows = useStoreValue(app.playback, (playback) => playback.view?.readings[balancer]?.rows);
  return rows
    ?.filter((row) => only === null || row.name === only)
    .map((row) => {
      const state = stateOf(row.word);
      return (
        <div key={row.name} className={state === 'ready' ? 'server-state' : 'server-state own'}>
          <b className="server-state-name">{`${row.name} state`}</b>
          <Choice
            label={`State of ${row.name}`}
            value={state}
            options={STATES}
            onChange={(chosen) => actOn(app, setServerState, { server: row.name, state: chosen })}
          />
          <p className="server-state-says">{SENTENCES[state]}</p>
        </div>
      );
    });
}
