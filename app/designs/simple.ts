// Built-in design 1: one server does everything.
import { BARE, BARE_HOST } from '../design/bare.ts';
import type { Component, Design, Link } from '../design/design.ts';
import { type Figures, PORT_OF_FILES, pace, trafficOf } from './timings.ts';

export function simpleDesign(timings: 'classroom' | 'realistic'): Design {
  const figures = pace(timings);
  return {
    version: 2,
    id: 'simple',
    name: 'Simple web stack',
    title: 'Simple web stack for www.foobar.com',
    summary: ['1 server does everything'],
    timings,
    dns: {
      position: { x: 28, y: 96 },
      name: 'www.foobar.com',
      type: 'A',
      address: '8.8.8.8',
      ttlS: 300,
      latencyMs: figures.dnsMs,
    },
    traffic: { position: { x: 28, y: 222 }, ...trafficOf(figures) },
    hosts: [
      {
        id: 'server',
        name: 'Server',
        position: { x: 428, y: 136 },
        size: { width: 568, height: 270 },
        heading: 'top',
        address: '8.8.8.8',
        ...BARE_HOST,
      },
    ],
    components: components(figures),
    links: links(figures),
    ...BARE,
    layout: {
      size: { width: 1036, height: 588 },
      title: { x: 28, y: 46 },
      legend: { x: 28, y: 452 },
      monitoring: { x: 637, y: 42 },
    },
  };
}

const components = (figures: Figures): readonly Component[] => [
  {
    id: 'nginx',
    hostId: 'server',
    kind: 'web-server',
    name: 'nginx',
    position: { x: 476, y: 220 },
    config: figures.webServer,
  },
  {
    id: 'app',
    hostId: 'server',
    kind: 'app-server',
    name: 'app server',
    position: { x: 642, y: 220 },
    config: figures.appServer,
  },
  {
    id: 'files',
    hostId: 'server',
    kind: 'files',
    name: 'application files',
    position: { x: 647, y: 332 },
    config: { paths: ['/var/www/app'] },
  },
  {
    id: 'mysql',
    hostId: 'server',
    kind: 'database',
    name: 'MySQL',
    position: { x: 842, y: 209 },
    config: { role: 'primary', ...figures.database },
  },
];

const links = (figures: Figures): readonly Link[] => [
  {
    id: 'users-nginx',
    from: 'users',
    to: 'nginx',
    protocol: 'http',
    port: 80,
    latencyMs: figures.usersMs,
    encrypted: false,
  },
  {
    id: 'nginx-app',
    from: 'nginx',
    to: 'app',
    protocol: 'http',
    port: 3000,
    latencyMs: figures.insideMs,
    encrypted: false,
  },
  {
    id: 'app-mysql',
    from: 'app',
    to: 'mysql',
    protocol: 'mysql',
    port: 3306,
    latencyMs: figures.insideMs,
    encrypted: false,
  },
  { id: 'app-files', from: 'app', to: 'files', protocol: 'file', port: PORT_OF_FILES, latencyMs: 0, encrypted: false },
];
