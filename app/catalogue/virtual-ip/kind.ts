// The virtual IP: keepalived on a host, beside the load balancer that it tracks. The address belongs to the design.
import { defineKind } from '../kind.ts';
import { virtualIpBehaviour } from './behaviour.ts';

export const virtualIp = defineKind({
  id: 'virtual-ip',
  label: 'keepalived',
  term: 'virtual IP',
  behaviour: virtualIpBehaviour,
  port: null,
  role: 'holds-address',
});
