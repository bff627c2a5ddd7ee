// The web server: nginx, which serves its own files and passes the rest on.
import { defineKind } from '../kind.ts';
import { webServerBehaviour } from './behaviour.ts';

export const webServer = defineKind({
  id: 'web-server',
  label: 'nginx',
  term: 'web server',
  behaviour: webServerBehaviour,
  port: 80,
  role: 'serves',
});
