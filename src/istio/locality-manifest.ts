import { checkCount } from './count';
import { LocalityDistribution, LocalityLoadBalancing, RegionFailover, ZoneAwareLoadBalancing } from './locality-load-balancing';
import type {
  DestinationRuleSpecTrafficPolicyLoadBalancerLocalityLbSetting, DestinationRuleSpecTrafficPolicyLoadBalancerLocalityLbSettingDistribute,
  DestinationRuleSpecTrafficPolicyLoadBalancerLocalityLbSettingFailover, DestinationRuleSpecTrafficPolicyLoadBalancerZoneAwareLbSetting,
} from '../imports/networking.istio.io';
import { IstioLabel, KubernetesLabel } from '../semantics/keys';
import { Manifest } from '../semantics/manifest';

/** Labels that say where an endpoint is. */
const TOPOLOGY: string[] = [KubernetesLabel.TOPOLOGY_REGION, KubernetesLabel.TOPOLOGY_ZONE, IstioLabel.TOPOLOGY_SUBZONE];

/** Checks and writes preferences of localities. */
export function localityManifest(locality: LocalityLoadBalancing): Manifest<DestinationRuleSpecTrafficPolicyLoadBalancerLocalityLbSetting> {
  const { enabled, distribute, failover, failoverPriority } = locality;
  if (distribute?.length && failover?.length) {
    throw new Error('locality load balancing takes either distribute or failover, got both');
  }
  if (failover?.length) {
    checkPriority(failoverPriority, 'failoverPriority beside failover');
  }
  checkLocalities(distribute?.map(({ clients }) => clients) ?? [], 'clients of distribute');
  return { enabled, distribute: distribute?.map(distributionManifest), failover: failover?.map(failoverManifest), failoverPriority };
}

/** Checks and writes zone-aware routing. */
export function zoneAwareManifest(zoneAware: ZoneAwareLoadBalancing): Manifest<DestinationRuleSpecTrafficPolicyLoadBalancerZoneAwareLbSetting> {
  const { enabled, failover, failoverPriority, minClusterSize } = zoneAware;
  checkPriority(failoverPriority, 'failoverPriority of zone-aware routing');
  return { enabled, failover: failover?.map(failoverManifest), failoverPriority, minClusterSize: checkCount(minClusterSize, 'minClusterSize', undefined, 1) };
}

function distributionManifest({ clients, shares }: LocalityDistribution):
Manifest<DestinationRuleSpecTrafficPolicyLoadBalancerLocalityLbSettingDistribute> {
  const sum = Object.entries(shares).reduce((total, [locality, share]) => total + checkCount(share, `share of locality '${locality}'`, 100, 1)!, 0);
  if (sum !== 100) {
    throw new Error(`shares of the traffic from '${clients}' must be 100 in sum, got ${sum}`);
  }
  checkLocalities(Object.keys(shares), `shares of the traffic from '${clients}'`);
  return { from: clients, to: shares };
}

function failoverManifest({ region, fallback }: RegionFailover): Manifest<DestinationRuleSpecTrafficPolicyLoadBalancerLocalityLbSettingFailover> {
  const broken = [region, fallback].find(name => name === '' || /[/*]/.test(name));
  if (broken !== undefined) {
    throw new Error(`failover takes names of regions, without zone and '*', got '${broken}'`);
  }
  if (region === fallback) {
    throw new Error(`failover must be to another region, got '${region}' twice`);
  }
  return { from: region, to: fallback };
}

function checkPriority(labels: string[] | undefined, what: string): void {
  const label = labels?.find(l => TOPOLOGY.includes(l.split('=')[0]));
  if (label !== undefined) {
    throw new Error(`${what} must not name region, zone or subzone, got '${label}'`);
  }
}

/** Refuses localities of which one covers another. */
function checkLocalities(localities: string[], what: string): void {
  const parts = localities.map(locality => {
    const names = locality.split('/');
    if (names.length > 3 || names.some((name, i) => name === '' || (name.includes('*') && (name !== '*' || i < names.length - 1)))) {
      throw new Error(`${what} must be region/zone/subzone, with '*' at most as the last part, got '${locality}'`);
    }
    return names.filter(name => name !== '*');
  });
  parts.forEach((names, i) => {
    const other = parts.findIndex((before, j) => j < i && before.every((name, k) => k >= names.length || name === names[k]));
    if (other >= 0) {
      throw new Error(`${what} must not overlap, got '${localities[other]}' and '${localities[i]}'`);
    }
  });
}
