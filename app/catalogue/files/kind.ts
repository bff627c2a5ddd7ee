// The application files: the code that the application server runs. They lie there and take no messages.
import { defineKind } from '../kind.ts';

export const files = defineKind({
  id: 'files',
  label: 'application files',
  term: 'application files',
  behaviour: null,
  port: null,
  role: 'lies-there',
});
