import { expect, test } from 'vitest';
import { distributedDesign } from '../designs/distributed.ts';
import { migrate } from './migrations.ts';

const { certificates, monitoring, objectives, accepted, ...rest } = distributedDesign('classroom');

test('a design of version 1 keeps its walls and who is watched, and stands on the internet as it did', () => {
  const hosts = rest.hosts.map(({ collector, public: _, segment, adminPort, ...host }, index) => ({
    ...host,
    firewall: index === 0 ? { allowPorts: [80, 443] } : null,
    monitored: index === 1,
  }));
  const brought = migrate({ ...rest, version: 1, hosts });
  expect(brought.ok && brought.value).toMatchObject({
    version: 2,
    certificates: [],
    monitoring: null,
    hosts: [
      {
        firewall: {
          rules: [
            { from: 'anyone', port: 80 },
            { from: 'anyone', port: 443 },
          ],
        },
        collector: null,
      },
      { firewall: null, collector: { intervalMs: 10_000 }, public: true },
      { firewall: null, collector: null },
    ],
  });
});

test('what is no design of version 1 is left to the schema', () => {
  for (const odd of [null, [], 'x', { version: 1 }, { version: 1, hosts: 7 }, { version: 1, hosts: [null, 3] }]) {
    expect(migrate(odd).ok).toBe(true);
  }
});

test('a file from the future is not touched', () => {
  const refused = migrate({ version: 99 });
  expect(!refused.ok && refused.problems[0]?.reason).toContain('newer Spofcheck (version 99');
});
