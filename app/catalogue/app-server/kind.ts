// The application server: runs the site's code with a limited number of workers.
import { defineKind } from '../kind.ts';
import { appServerBehaviour } from './behaviour.ts';

export const appServer = defineKind({
  id: 'app-server',
  label: 'app server',
  term: 'app server',
  behaviour: appServerBehaviour,
  port: 3000,
  role: 'computes',
});
