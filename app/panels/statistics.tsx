// HAProxy's statistics of the moment at the playhead: its own columns in its own order and words, a row for the frontend, each
// server and the backend. A cell that HAProxy leaves empty stays empty.
import './statistics.css';
import { useEffect, useState } from 'react';
import type { BalancerTable } from '../catalogue/load-balancer/balancer-table.ts';
import type { PartState } from '../drawing/figure.ts';
import { formatClock, type Micros } from '../foundation/micros.ts';
import type { App } from '../state/app.ts';
import { hostWords, sentenceCase } from '../state/truth.ts';
import { useApp, useStoreValue } from '../ui/app-context.tsx';
import { StateMark } from './drawn.tsx';

/** HAProxy's columns, as its stats page groups them. `fault`: a count above 0 is one. */
const GROUPS = [
  {
    name: 'Queue',
    columns: [
      ['Cur', 'qcur'],
      ['Max', 'qmax'],
    ],
  },
  {
    name: 'Sessions',
    columns: [
      ['Cur', 'scur'],
      ['Max', 'smax'],
      ['Total', 'stot'],
    ],
  },
  {
    name: 'Answers',
    columns: [
      ['2xx', 'hrsp_2xx'],
      ['4xx', 'hrsp_4xx'],
      ['5xx', 'hrsp_5xx', 'fault'],
    ],
  },
  {
    name: 'Errors',
    columns: [
      ['Req', 'ereq', 'fault'],
      ['Conn', 'econ', 'fault'],
      ['Resp', 'eresp', 'fault'],
    ],
  },
  {
    name: 'Warnings',
    columns: [
      ['Retr', 'wretr'],
      ['Redis', 'wredis'],
    ],
  },
  {
    name: 'Server',
    columns: [
      ['Wght', 'weight'],
      ['Act', 'act'],
      ['Bck', 'bck'],
      ['Chk', 'chkfail'],
      ['Dwn', 'chkdown'],
    ],
  },
] as const;

interface Shown {
  readonly atUs: Micros;
  readonly tables: readonly BalancerTable[];
}

/** Asked again so often at most while the run plays. */
const LEAST_BETWEEN_MS = 250;

export function Statistics() {
  const app = useApp();
  const shown = useStatistics(app);
  if (shown === null) return <p className="panel-empty">The statistics are being read.</p>;
  return shown.tables.map((table) => <Table key={table.component} table={table} atUs={shown.atUs} />);
}

/** What was counted at the playhead, or a moment ago. */
function useStatistics(app: App): Shown | null {
  const [shown, setShown] = useState<Shown | null>(null);
  useEffect(() => {
    let isOpen = true;
    let isAsking = false;
    let [askedUs, askedVersion, askedMs] = [-1, -1, Number.NEGATIVE_INFINITY];
    const look = (): void => {
      const atUs = app.frame.playheadUs();
      const { version } = app.frame.window;
      const isSame = atUs === askedUs && version === askedVersion;
      if (isAsking || isSame || performance.now() - askedMs < LEAST_BETWEEN_MS) return;
      [isAsking, askedUs, askedVersion, askedMs] = [true, atUs, version, performance.now()];
      app.control.statisticsAt(atUs).then((tables) => {
        isAsking = false;
        if (isOpen && tables !== null) setShown({ atUs, tables });
      });
    };
    const stop = app.frame.onFrame(look);
    return () => {
      isOpen = false;
      stop();
    };
  }, [app]);
  return shown;
}

function Table({ table, atUs }: { readonly table: BalancerTable; readonly atUs: Micros }) {
  const app = useApp();
  const design = useStoreValue(app.design, (state) => state.design);
  const part = design.components.find((one) => one.id === table.component);
  const name = sentenceCase(hostWords(design, part?.hostId ?? ''));
  return (
    <section className="statistics" aria-label={`HAProxy's statistics of ${name}`}>
      <header>
        <h1>{`HAProxy's own statistics`}</h1>
        <p>{`${name} at ${formatClock(atUs)}, balance ${table.balance}`}</p>
      </header>
      {table.alive ? <Rows table={table} /> : <p>HAProxy is dead: nobody answers for its statistics.</p>}
    </section>
  );
}

function Rows({ table }: { readonly table: BalancerTable }) {
  return (
    // biome-ignore lint/a11y/noNoninteractiveTabindex: a table wider than its place is scrolled by keyboard too.
    <section className="statistics-scroll" tabIndex={0} aria-label="Table of HAProxy's statistics">
      <table>
        <thead>
          <tr>
            <th scope="col" rowSpan={2}>
              <span className="unseen">Row</span>
            </th>
            <th scope="col" rowSpan={2}>
              Status
            </th>
            {GROUPS.map(({ name, columns }) => (
              <th key={name} scope="colgroup" colSpan={columns.length} className="first">
                {name}
              </th>
            ))}
          </tr>
          <tr>
            {GROUPS.flatMap(({ name, columns }) =>
              columns.map(([head], index) => (
                <th key={`${name} ${head}`} scope="col" className={index === 0 ? 'first' : ''}>
                  {head}
                </th>
              )),
            )}
          </tr>
        </thead>
        <tbody>
          {table.rows.map((row) => (
            <Row key={row.name} row={row} />
          ))}
        </tbody>
      </table>
    </section>
  );
}

function Row({ row }: { readonly row: BalancerTable['rows'][number] }) {
  const status = String(row.cells['status'] ?? '');
  const state = row.link === null ? null : stateOf(status, Number(row.cells['bck'] ?? 0) === 1);
  const tone = state === 'checking' ? 'doubt' : state === 'down' || status === 'DOWN' ? 'fail' : 'plain';
  return (
    <tr data-tone={tone}>
      <th scope="row">
        {state !== null && <StateMark state={state} />}
        {row.name}
      </th>
      <td>{status}</td>
      {GROUPS.flatMap(({ name, columns }) =>
        columns.map(([head, column, fault], index) => {
          const value = row.cells[column] ?? '';
          const isFault = fault !== undefined && Number(value) > 0;
          const className = `${index === 0 ? 'first' : ''}${isFault ? ' fault' : ''}`;
          return (
            <td key={`${name} ${head}`} className={className}>
              {value}
            </td>
          );
        }),
      )}
    </tr>
  );
}

/** The mark that the same word has in HAProxy's rows of the diagram. */
function stateOf(status: string, isBackup: boolean): PartState {
  if (status === 'MAINT') return 'maintenance';
  if (status === 'DRAIN' || status === 'NOLB') return 'draining';
  if (status.includes('/')) return 'checking';
  if (status === 'DOWN') return 'down';
  return isBackup ? 'standby' : 'up';
}
