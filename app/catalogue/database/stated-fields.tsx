// What the checker asks about the database's protection, in MariaDB's own words.
// Source of the defaults: MariaDB Server documentation, "innodb_encrypt_tables", "local_infile".
import { ON_OFF, StatedField, StatedGroup } from '../../ui/stated-fields.tsx';
import { USERS } from '../stated-options.ts';
import type { DatabaseConfig } from './config.ts';

interface Props {
  readonly config: DatabaseConfig;
  /** Names only what changes. */
  readonly change: (patch: Readonly<Record<string, unknown>>) => void;
}

export const StatedFields = ({ config, change }: Props) => (
  <StatedGroup>
    <StatedField
      name="backup"
      value={config.backup}
      options={[
        ['none', 'none'],
        ['same server', 'same-server'],
        ['elsewhere', 'elsewhere'],
      ]}
      sentence="Where the newest backup lies."
      note="as you make it"
      onChange={(backup) => change({ backup })}
    />
    {config.role === 'replica' && <ReplicaFields config={config} change={change} />}
    <StatedField
      name="data"
      value={config.sensitive}
      options={[
        ['sensitive', true],
        ['harmless', false],
      ]}
      sentence="Whether somebody is harmed when strangers read it."
      note="only you can say"
      onChange={(sensitive) => change({ sensitive })}
    />
    <StatedField
      name="innodb_encrypt_tables"
      value={config.innodbEncryptTables}
      options={ON_OFF}
      sentence="Data on disk is encrypted, table by table or with the whole disk."
      note="default off"
      onChange={(innodbEncryptTables) => change({ innodbEncryptTables })}
    />
    <StatedField
      name="local_infile"
      value={config.localInfile}
      options={ON_OFF}
      sentence="LOAD DATA LOCAL reads files of the client."
      note="default on in MariaDB, off in MySQL 8"
      onChange={(localInfile) => change({ localInfile })}
    />
    <StatedField
      name="GRANT"
      value={config.appGrants}
      options={[
        ['everything', 'all'],
        ['its needs', 'needed'],
      ]}
      sentence="What the account of the application may do."
      note="as you granted it"
      onChange={(appGrants) => change({ appGrants })}
    />
    <StatedField
      name="user"
      value={config.user}
      options={USERS}
      sentence="As whom it runs."
      note="default its own"
      onChange={(user) => change({ user })}
    />
  </StatedGroup>
);

const ReplicaFields = ({ config, change }: Props) => (
  <>
    <StatedField
      name="promotion"
      value={config.promotionRehearsed}
      options={[
        ['rehearsed', true],
        ['never tried', false],
      ]}
      sentence="Whether somebody has promoted it by written steps."
      note="as you did it"
      onChange={(promotionRehearsed) => change({ promotionRehearsed })}
    />
    <StatedField
      name="super_read_only"
      value={config.superReadOnly}
      options={ON_OFF}
      sentence="It refuses the writes of administrators as well."
      note="default off in MySQL; MariaDB has READ ONLY ADMIN"
      onChange={(superReadOnly) => change({ superReadOnly })}
    />
  </>
);
