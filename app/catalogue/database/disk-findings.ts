// What lies on the disk of a database: sensitive data that anybody can read who holds the disk, a copy of it, or a backup.
import { drawnAt, unsaid } from '../../analysis/drawn.ts';
import type { FindingRule } from '../../analysis/finding.ts';
import { counted } from '../../analysis/in-words.ts';
import type { Component } from '../../design/design.ts';
import type { DatabaseConfig } from './config.ts';

const settingsOf = ({ config }: Component) => config as unknown as DatabaseConfig;

/** SE-15. Data that is stated to be harmless need not be encrypted, and what is encrypted need not be harmless. */
export const dataAtRestRule: FindingRule = (design) => {
  const databases = design.components.filter(({ kind }) => kind === 'database');
  const open = databases.filter((part) => settingsOf(part).innodbEncryptTables !== true);
  const plain = open.filter(
    (part) => settingsOf(part).sensitive === true && settingsOf(part).innodbEncryptTables === false,
  );
  const undecided = open.filter((part) => settingsOf(part).sensitive !== false && !plain.includes(part));
  return [
    ...drawnAt(design, plain, {
      id: 'SE-15@design',
      severity: 'medium',
      title: 'Sensitive data lies on disk as it is',
      evidence: [`sensitive data lies unencrypted in ${plain.length} of ${counted(databases.length, 'database')}`],
      fix: 'Encrypt the tables or the disk',
    }),
    ...unsaid(design, 'SE-15', undecided, [
      ['whether its data is sensitive', (part) => settingsOf(part).sensitive],
      ['whether its data is encrypted on disk', (part) => settingsOf(part).innodbEncryptTables],
    ]),
  ];
};
