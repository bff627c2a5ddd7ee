// The load balancer: HAProxy in front of a backend of servers.
import { defineKind } from '../kind.ts';
import { loadBalancerBehaviour } from './behaviour.ts';

export const loadBalancer = defineKind({
  id: 'load-balancer',
  label: 'HAProxy',
  term: 'load balancer',
  behaviour: loadBalancerBehaviour,
  port: 80,
  role: 'balances',
});
