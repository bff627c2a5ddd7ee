// What is true of a database and of the users' writes at the playhead, and the buttons that tell it what to be.
import './database-facts.css';
import { promote, reclone, rejoin } from '../state/actions/database.ts';
import { actOn } from '../state/actions/lesson.ts';
import { databaseFacts } from '../state/database-facts.ts';
import { useApp, useStoreValue } from '../ui/app-context.tsx';
import { WriteNames } from './write-names.tsx';

const ORDERS = [promote, rejoin, reclone] as const;

export function DatabaseFacts({ of }: { readonly of: string }) {
  const app = useApp();
  const view = useStoreValue(app.playback, (playback) => playback.view);
  if (view === null) return null;
  const facts = databaseFacts(app.frame.window, view.design, of, view.nowUs);
  return (
    <>
      <section className="database-facts" aria-label="Writes and log">
        <dl>
          {facts.map(([name, value], row) => (
            <div key={`${name} ${String(row)}`}>
              <dt>{name}</dt>
              <dd>{value}</dd>
            </div>
          ))}
        </dl>
        {ORDERS.filter((order) => order.refusal(app, of) === null).map((order) => (
          <button key={order.id} type="button" className="button" onClick={() => actOn(app, order, of)}>
            {order.label}
          </button>
        ))}
      </section>
      <WriteNames />
    </>
  );
}
