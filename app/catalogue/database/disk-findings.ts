// What lies on the disk of a database: sensitive data that anybody can read who holds the disk, a copy of it, or a backup.
import { drawn, unsaid } from '../../analysis/drawn.ts';
import type { FindingRule } from '../../analysis/finding.ts';
import { counted, partsInWords } from '../../analysis/in-words.ts';
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
    ...(plain.length === 0
      ? []
      : [
          drawn({
            id: 'SE-15@design',
            severity: 'medium',
            title: 'Sensitive data lies on disk as it is',
            places: plain.map(({ id }) => ({ type: 'component', id })),
            where: partsInWords(design, plain),
            evidence: `Sensitive data lies unencrypted in ${plain.length} of ${counted(databases.length, 'database')}.`,
            fix: 'Encrypt the tables or the disk',
          }),
        ]),
    ...unsaid(design, 'SE-15', undecided, (part) => [
      ...(settingsOf(part).sensitive === undefined ? ['whether its data is sensitive'] : []),
      ...(settingsOf(part).innodbEncryptTables === undefined ? ['whether its data is encrypted on disk'] : []),
    ]),
  ];
};
