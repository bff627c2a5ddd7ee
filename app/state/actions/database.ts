// What a person tells a database: become the primary, follow the primary again, take the primary's data. By button or key, on a
// database, on its host, or with nothing chosen where only one is meant.
import type { Action, App } from '../app.ts';
import { type DataMoment, databaseMeant, type Order, recordOf, whyNobody, whyNot } from '../database-orders.ts';
import { RoleFollower } from '../database-roles.ts';
import { designNow } from '../design-now.ts';
import { componentNamed, hostWords } from '../truth.ts';
import { defineAction } from './action.ts';

function momentOf(app: App): DataMoment {
  const { window } = app.frame;
  const nowUs = app.control.now();
  const fields = window.fieldsAt(nowUs);
  const design = designNow(app);
  return { window, nowUs, design: fields === null ? design : new RoleFollower().at(design, window.elements, fields) };
}

interface Definition {
  readonly order: Order;
  readonly label: string;
  readonly keys: readonly string[];
  /** What undo is called, after it what it is done to. */
  readonly verb: string;
  words(record: string): readonly string[];
}

const defineOrder = ({ order, label, keys, verb, words }: Definition): Action<string> =>
  defineAction<string>({
    id: order,
    label,
    keys,
    refusal: (app, id) => {
      const moment = momentOf(app);
      const database = databaseMeant(moment, order, id);
      return database === null ? whyNobody(moment, order, id) : whyNot(moment, order, database);
    },
    perform: (app, id) => {
      const moment = momentOf(app);
      const target = databaseMeant(moment, order, id);
      if (target === null) return;
      const host = hostWords(moment.design, componentNamed(moment.design, target)?.hostId ?? '');
      const command = { type: 'admin', atUs: moment.nowUs, target, words: words(recordOf(moment) ?? '') } as const;
      app.control.act({ label: `${verb} MySQL on ${host}`, commands: [command] });
    },
  });

export const promote = defineOrder({
  order: 'promote',
  label: 'Make it the primary',
  keys: ['W'],
  verb: 'promote',
  words: () => ['promote'],
});

export const rejoin = defineOrder({
  order: 'rejoin',
  label: 'Let it follow the primary',
  keys: ['J'],
  verb: 'rejoin',
  words: (record) => ['follow', record],
});

/** What it alone has is gone for good. */
export const reclone = defineOrder({
  order: 'reclone',
  label: "Replace its data by the primary's",
  keys: [],
  verb: 'replace the data of',
  words: (record) => ['clone', record],
});
