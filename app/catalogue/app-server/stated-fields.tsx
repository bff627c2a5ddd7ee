// What the checker asks about the application server's protection.
import { StatedField, StatedGroup } from '../../ui/stated-fields.tsx';
import { BELIEVED, USERS } from '../stated-options.ts';
import type { AppServerConfig } from './config.ts';

interface Props {
  readonly config: AppServerConfig;
  /** Names only what changes. */
  readonly change: (patch: Readonly<Record<string, unknown>>) => void;
}

export const StatedFields = ({ config, change }: Props) => (
  <StatedGroup>
    <StatedField
      name="sessions"
      value={config.sessions}
      options={[
        ['in its memory', 'memory'],
        ['shared store', 'shared'],
        ['none', 'none'],
      ]}
      sentence="Where it keeps what it knows of a user between two requests."
      note="as the application says"
      onChange={(sessions) => change({ sessions })}
    />
    <StatedField
      name="pool size"
      value={config.poolSize}
      options={[5, 10, 20, 50, 100].map((size) => [String(size), size] as const)}
      sentence="Connections that its pool to each database may hold."
      note="without it as many as it has workers"
      onChange={(poolSize) => change({ poolSize })}
    />
    <StatedField
      name="trust proxy"
      value={config.trustProxy}
      options={BELIEVED}
      sentence="Whom it believes when a header names the client. Asked where no web server stands before it."
      note="as the application says"
      onChange={(trustProxy) => change({ trustProxy })}
    />
    <StatedField
      name="passwords"
      value={config.secrets}
      options={[
        ['in files', 'config'],
        ['in a store', 'store'],
      ]}
      sentence="Where those lie with which it opens the database."
      note="as the application says"
      onChange={(secrets) => change({ secrets })}
    />
    <StatedField
      name="user"
      value={config.user}
      options={USERS}
      sentence="As whom it runs."
      note="as it was started"
      onChange={(user) => change({ user })}
    />
  </StatedGroup>
);
