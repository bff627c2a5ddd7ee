// What is true of a database and of the users' writes at the playhead, and the button that makes a replica the primary.
import './database-facts.css';
import { actOn } from '../state/actions/lesson.ts';
import { promote } from '../state/actions/promote.ts';
import { databaseFacts } from '../state/database-facts.ts';
import { useApp, useStoreValue } from '../ui/app-context.tsx';
import { WriteNames } from './write-names.tsx';

export function DatabaseFacts({ of }: { readonly of: string }) {
  const app = useApp();
  const view = useStoreValue(app.playback, (playback) => playback.view);
  if (view === null) return null;
  const facts = databaseFacts(app.frame.window, view.design, of, view.nowUs);
  const isReplica = view.design.components.some((one) => one.id === of && one.config['role'] === 'replica');
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
        {isReplica && (
          <button type="button" className="button" onClick={() => actOn(app, promote, of)}>
            Make it the primary
          </button>
        )}
      </section>
      <WriteNames />
    </>
  );
}
