// The database: MySQL, a primary that takes writes or a replica that follows one.
import { defineKind } from '../kind.ts';
import { databaseBehaviour } from './behaviour.ts';

export const database = defineKind({
  id: 'database',
  label: 'MySQL',
  term: 'database',
  behaviour: databaseBehaviour,
  port: 3306,
  role: 'stores',
});
