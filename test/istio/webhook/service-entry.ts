import { Chart } from 'cdk8s';
import { allowed, impossible, Rows, throws } from './row';
import {
  IstioNetwork, IstioProtocol, ServiceEntry, ServiceEntryLocation, ServiceEntryPort, ServiceEntryProps, ServiceEntryResolution, UseWaypoint,
  WorkloadEndpoint, WorkloadEntry, WorkloadGroup, WorkloadProbe, WorkloadSelector,
} from '../../../src';

const { NONE, STATIC, DNS, DNS_ROUND_ROBIN, DYNAMIC_DNS } = ServiceEntryResolution;
const TLS: ServiceEntryPort = { number: 443, name: 'tls', protocol: IstioProtocol.TLS };
const TCP: ServiceEntryPort = { number: 9000, name: 'tcp', protocol: IstioProtocol.TCP };
const ANY = ['*.example.com'];

const entry = (resolution: ServiceEntryResolution, props: Partial<ServiceEntryProps>) => (chart: Chart) =>
  new ServiceEntry(chart, 'A', { hosts: ['a.example.com'], ports: [TLS], resolution, ...props });
const workload = (endpoint: WorkloadEndpoint) => (chart: Chart) => new WorkloadEntry(chart, 'A', endpoint);

/** Rules of ServiceEntries and of workloads outside of the cluster. */
export const SERVICE_ENTRY: Rows = {
  'a partial wildcard is for DYNAMIC_DNS': throws(entry(NONE, { hosts: ['*example.com'] }),
    'host of a ServiceEntry must be a lower case DNS name, optionally starting with \'*.\', got \'*example.com\''),
  'addresses are addresses': throws(entry(DNS, { addresses: ['nowhere'] }),
    'address of a ServiceEntry must be an IP address or a CIDR block such as 10.0.0.0/8, got \'nowhere\''),
  'names of ports are DNS labels': throws(entry(DNS, { ports: [{ number: 443, name: 'TLS_1', protocol: IstioProtocol.TLS }] }),
    'port name of a ServiceEntry must be a DNS label (lower case letters, digits and inner dashes), got \'TLS_1\''),
  'protocols are known': impossible('`ServiceEntryPort.protocol` is one of `IstioProtocol`, which has no other words',
    'new ServiceEntry(chart, "A", { hosts: ["a.example.com"], resolution: ServiceEntryResolution.DNS, ' +
    'ports: [{ number: 443, name: "tls", protocol: "GOPHER" }] })'),
  'endpoints of STATIC are addresses': throws(entry(STATIC, { endpoints: [{ address: 'b.example.com' }] }),
    'endpoint \'b.example.com\' must be an IP address or unix:// and a socket with resolution STATIC: use DNS for names'),
  'a socket is behind one port': throws(
    entry(STATIC, { endpoints: [{ address: 'unix:///a' }], ports: [{ number: 80, name: 'http', protocol: IstioProtocol.HTTP }, TLS] }),
    'endpoint \'unix:///a\' is a Unix domain socket: the ServiceEntry must have exactly 1 port, got 2'),
  'NONE has no workloads': throws(entry(NONE, { workloadSelector: WorkloadSelector.labels({ app: 'a' }) }),
    'a ServiceEntry with resolution NONE takes no workloadSelector, got one: use STATIC'),
  'a selector of workloads of an entry selects some': throws(() => WorkloadSelector.labels({}),
    'a workload selector needs at least one label, got none: leave the selector out to mean every workload'),
  'labels of endpoints are labels': throws(entry(STATIC, { endpoints: [{ address: '10.0.0.1', labels: { app: '?' } }] }),
    'labels of endpoint \'10.0.0.1\' must be Kubernetes labels (key and value of at most 63 letters, digits and inner -_.), got \'app: ?\''),
  'endpoints of DNS are names or addresses': throws(entry(DNS, { endpoints: [{ address: 'b_c' }] }),
    'address of endpoint \'b_c\' must be a lower case DNS name, optionally starting with \'*.\', got \'b_c\''),
  'a wildcard is not resolved': throws(entry(DNS, { hosts: ANY }),
    'host \'*.example.com\' of a ServiceEntry cannot be resolved with resolution DNS because it is a wildcard: use NONE to keep the ' +
    'address that the client chose, DYNAMIC_DNS to resolve what each request names, or pass endpoints'),
  'a wildcard is not resolved in turn': throws(entry(DNS_ROUND_ROBIN, { hosts: ANY }),
    'host \'*.example.com\' of a ServiceEntry cannot be resolved with resolution DNS_ROUND_ROBIN because it is a wildcard: use NONE to ' +
    'keep the address that the client chose, DYNAMIC_DNS to resolve what each request names, or pass endpoints'),
  'ports of endpoints are those of the entry': throws(entry(STATIC, { endpoints: [{ address: '10.0.0.1', ports: { http: 80 } }] }),
    'endpoint \'10.0.0.1\' has port \'http\', which its ServiceEntry has not: it has tls'),
  'several hosts of a TCP port are not resolved': throws(
    entry(DNS, { hosts: ['a.example.com', 'b.example.com'], addresses: ['10.0.0.1'], ports: [TCP] }),
    'port \'tcp\' speaks TCP, by which hosts a.example.com, b.example.com cannot be told apart: write a ServiceEntry for each host, or ' +
    'use resolution NONE'),
  'hosts of DYNAMIC_DNS are wildcards': throws(entry(DYNAMIC_DNS, {}),
    'host of a ServiceEntry with resolution DYNAMIC_DNS must be a wildcard, got \'a.example.com\': use resolution DNS'),
  'DYNAMIC_DNS has no addresses': throws(entry(DYNAMIC_DNS, { hosts: ANY, addresses: ['10.0.0.1'] }),
    'a ServiceEntry with resolution DYNAMIC_DNS takes no addresses, got \'10.0.0.1\': requests name their hosts'),
  'DYNAMIC_DNS has no endpoints': throws(entry(DYNAMIC_DNS, { hosts: ANY, endpoints: [{ address: 'b.example.com' }] }),
    'a ServiceEntry with resolution DYNAMIC_DNS takes no endpoints, got 1: use STATIC for IP addresses, DNS for names'),
  'DYNAMIC_DNS reads names': throws(entry(DYNAMIC_DNS, { hosts: ANY, ports: [TCP] }),
    'port \'tcp\' of a ServiceEntry with resolution DYNAMIC_DNS must speak HTTP, HTTP2, GRPC, TLS, got TCP'),
  'DYNAMIC_DNS inside the mesh has no waypoint': throws(
    entry(DYNAMIC_DNS, { hosts: ANY, location: ServiceEntryLocation.MESH_INTERNAL, useWaypoint: UseWaypoint.gateway({ name: 'w' }) }),
    'a ServiceEntry with resolution DYNAMIC_DNS that uses waypoint \'w\' must have location MESH_EXTERNAL, got MESH_INTERNAL'),
  'a TCP port has an address': throws(entry(DNS, { ports: [TCP], autoAllocateIp: false }),
    'port \'tcp\' speaks TCP, by which hosts are known by address alone: pass addresses, or leave autoAllocateIp out'),
  'the address of a workload is one': throws(workload({ address: 'a_b' }),
    'address of the WorkloadEntry must be a lower case DNS name, optionally starting with \'*.\', got \'a_b\''),
  'a workload of a network has an address': allowed(
    'it is reached by the gateway of its network, which is what the field is for; the webhook only says so',
    workload({ network: IstioNetwork.of('a') })),
  'labels of a workload are labels': throws(workload({ address: '10.0.0.1', labels: { app: '?' } }),
    'labels of the WorkloadEntry must be Kubernetes labels (key and value of at most 63 letters, digits and inner -_.), got \'app: ?\''),
  'labels of a group are labels': throws(chart => new WorkloadGroup(chart, 'A', { labels: { app: '?' } }),
    'labels of the WorkloadGroup must be Kubernetes labels (key and value of at most 63 letters, digits and inner -_.), got \'app: ?\''),
  'a probe has a method': impossible('each factory of `WorkloadProbe` is a method, and the constructor is private',
    'new WorkloadProbe({ period: Duration.seconds(1) })'),
  'a probe by gRPC is not known to the webhook': impossible('`WorkloadProbe` has no factory for it', 'WorkloadProbe.grpc(80)'),
  'a probe by a command has one': throws(() => WorkloadProbe.exec([]),
    'command of a probe must be a program and arguments, none of them empty, got []'),
};
