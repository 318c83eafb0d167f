import { Size } from 'cdk8s';
import { Cpu, CpuResources, MemoryResources } from 'cdk8s-plus-28';
import { checkUnique } from '../../semantics/lists';
import { checkPort } from '../../semantics/port';

/** CPU as Kubernetes writes it. */
export function cpuText(cpu: Cpu | undefined): string | undefined {
  return cpu?.amount;
}

/** Memory as Kubernetes writes it. */
export function memoryText(size: Size | undefined): string | undefined {
  return size?.asString();
}

/** Refuses requests above limits, with which the API server takes no pod. */
export function refuseUnordered(cpu: CpuResources | undefined, memory: MemoryResources | undefined, what: string): void {
  if (cpu?.request && cpu.limit && millis(cpu.request) > millis(cpu.limit)) {
    throw new Error(`the proxy of ${what} must not request more CPU than its limit, got ${cpu.request.amount} and ${cpu.limit.amount}`);
  }
  if (memory?.request && memory.limit && memory.request.toKibibytes() > memory.limit.toKibibytes()) {
    throw new Error(`the proxy of ${what} must not request more memory than its limit, got ${memory.request.asString()} and ${memory.limit.asString()}`);
  }
}

/** A list of ports with commas. */
export function portsText(ports: number[], what: string): string {
  ports.forEach(port => checkPort(port, what));
  checkUnique(ports, what);
  return ports.join(',');
}

function millis({ amount }: Cpu): number {
  return amount.endsWith('m') ? Number(amount.slice(0, -1)) : Number(amount) * 1000;
}
