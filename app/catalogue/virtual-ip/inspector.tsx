// The form of keepalived's settings, in keepalived's own words and with keepalived's own defaults.
// Source of the defaults: keepalived.conf, VRRP instance and vrrp_script.
import { QuantityField, SwitchField } from '../../ui/fields.tsx';
import { KEEPALIVED_DEFAULTS as KEEPALIVED, type TrackConfig, type VirtualIpConfig } from './config.ts';

interface Props {
  readonly config: VirtualIpConfig;
  /** Names only what changes. */
  readonly change: (patch: Readonly<Record<string, unknown>>) => void;
}

export function Inspector({ config, change }: Props) {
  return (
    <>
      <ElectionFields config={config} change={change} />
      {config.track !== null && <TrackFields track={config.track} change={(track) => change({ track })} />}
      <ArpFields config={config} change={change} />
      <div className="field">
        <p>
          virtual_ipaddress {config.virtualIpaddress}, VRRP version {config.version}.
        </p>
      </div>
    </>
  );
}

function ElectionFields({ config, change }: Props) {
  const { version, priority, advertIntMs, nopreempt = false, preemptDelayMs = 0 } = config;
  return (
    <>
      <QuantityField
        name="priority"
        unit="count"
        least={1}
        most={254}
        whole
        value={priority}
        sentence="Who hears a higher priority than its own lets the other one hold the address."
        note="default 100, 1 to 254"
        own={priority !== 100}
        onChange={(value) => change({ priority: value })}
      />
      <QuantityField
        name="advert_int"
        unit="duration"
        least={version === 2 ? 1_000 : 10}
        most={version === 2 ? 255_000 : 40_950}
        value={advertIntMs}
        sentence="The holder says so often that it is there. After 3 missing words the other one takes the address."
        note={version === 2 ? 'default 1 s, whole seconds, the same on both' : 'default 1 s, 10 ms to 40.95 s'}
        own={advertIntMs !== 1_000}
        onChange={(value) => change({ advertIntMs: inUnits(value, version === 2 ? 1_000 : 10) })}
      />
      <SwitchField
        name="nopreempt"
        value={nopreempt}
        sentence="On, a higher priority that comes back leaves the address where it is."
        note="default off"
        own={nopreempt}
        onChange={(value) => change({ nopreempt: value })}
      />
      <QuantityField
        name="preempt_delay"
        unit="duration"
        least={0}
        most={1_000_000}
        value={preemptDelayMs}
        sentence="A higher priority that comes back waits so long before it takes the address."
        note="default 0 ms, to 1000 s"
        own={preemptDelayMs !== 0}
        onChange={(value) => change({ preemptDelayMs: Math.round(value) })}
      />
    </>
  );
}

/** The version can say only so much: the next figure that it can. */
const inUnits = (ms: number, unitMs: number): number => Math.max(unitMs, Math.round(ms / unitMs) * unitMs);

/** What a weight means, in one sentence. */
function weightSentence(weight: number): string {
  if (weight === 0) return 'While HAProxy is gone, keepalived gives the address up.';
  return weight < 0
    ? 'While HAProxy is gone, this is taken off the priority.'
    : 'While HAProxy runs, this is added to the priority.';
}

interface TrackProps {
  readonly track: TrackConfig;
  readonly change: (patch: Readonly<Record<string, unknown>>) => void;
}

function TrackFields({ track, change }: TrackProps) {
  return (
    <>
      <QuantityField
        name="interval"
        unit="duration"
        least={10}
        most={600_000}
        value={track.intervalMs}
        sentence="Time between two runs of the script. It asks whether HAProxy's process is there; one that hangs is there."
        note="default 1 s"
        own={track.intervalMs !== 1_000}
        onChange={(value) => change({ intervalMs: Math.round(value) })}
      />
      <QuantityField
        name="timeout"
        unit="duration"
        least={10}
        most={600_000}
        value={track.timeoutMs ?? track.intervalMs}
        sentence="A script that takes longer has failed."
        note="default as interval"
        own={track.timeoutMs !== undefined}
        onChange={(value) => change({ timeoutMs: Math.round(value) })}
      />
      <CountFields track={track} change={change} />
    </>
  );
}

function CountFields({ track, change }: TrackProps) {
  return (
    <>
      <QuantityField
        name="fall"
        unit="count"
        least={1}
        most={1_000}
        whole
        value={track.fall}
        sentence="Failures in a row until it counts as down."
        note="default 1"
        own={track.fall !== 1}
        onChange={(value) => change({ fall: value })}
      />
      <QuantityField
        name="rise"
        unit="count"
        least={1}
        most={1_000}
        whole
        value={track.rise}
        sentence="Successes in a row until it counts as up again."
        note="default 1"
        own={track.rise !== 1}
        onChange={(value) => change({ rise: value })}
      />
      <QuantityField
        name="weight"
        unit="count"
        least={-253}
        most={253}
        whole
        value={track.weight}
        sentence={weightSentence(track.weight)}
        note="default 0, -253 to 253"
        own={track.weight !== 0}
        onChange={(value) => change({ weight: value })}
      />
    </>
  );
}

function ArpFields({ config, change }: Props) {
  const { garpMasterRepeat, garpMasterDelayMs, garpMasterRefreshMs } = config;
  return (
    <>
      <QuantityField
        name="garp_master_repeat"
        unit="count"
        least={1}
        most={100}
        whole
        value={garpMasterRepeat ?? KEEPALIVED.garpMasterRepeat}
        sentence="A new holder tells its neighbours so often at once."
        note="default 5, 1 to 100"
        own={garpMasterRepeat !== undefined && garpMasterRepeat !== KEEPALIVED.garpMasterRepeat}
        onChange={(value) => change({ garpMasterRepeat: value })}
      />
      <QuantityField
        name="garp_master_delay"
        unit="duration"
        least={0}
        most={1_000_000}
        value={garpMasterDelayMs ?? KEEPALIVED.garpMasterDelayMs}
        sentence="And tells them the same again after so long."
        note="default 5 s, 0 is not again"
        own={garpMasterDelayMs !== undefined && garpMasterDelayMs !== KEEPALIVED.garpMasterDelayMs}
        onChange={(value) => change({ garpMasterDelayMs: Math.round(value) })}
      />
      <QuantityField
        name="garp_master_refresh"
        unit="duration"
        least={0}
        most={86_400_000}
        value={garpMasterRefreshMs ?? KEEPALIVED.garpMasterRefreshMs}
        sentence="The holder tells them again so often. It ends a black hole after a split."
        note="default 0 ms, which is never"
        own={garpMasterRefreshMs !== undefined && garpMasterRefreshMs !== KEEPALIVED.garpMasterRefreshMs}
        onChange={(value) => change({ garpMasterRefreshMs: Math.round(value) })}
      />
    </>
  );
}
