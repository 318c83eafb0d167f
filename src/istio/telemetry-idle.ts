import { TelemetryAccessLogging } from './telemetry-access-logging';
import { WorkloadMode } from './workload-mode';

/** Stands for the providers of a wider Telemetry, or of the mesh. */
const UNNAMED: readonly string[] = [''];

/**
 * Refuses an entry that a later one replaces wholly: istiod keeps one filter, and one word on whether anything is logged, for each provider and side.
 */
export function checkNoneIdle(entries: readonly TelemetryAccessLogging[], title: string): void {
  const later = entries.at(-1)!;
  const keys = effectiveKeys(entries);
  entries.slice(0, -1).forEach((entry, index) => {
    const provider = keys[index].find(key => keys[entries.length - 1].includes(key));
    if (provider !== undefined && coversMode(later._mode, entry._mode)) {
      const whose = provider === '' ? 'the default providers' : `'${provider}'`;
      throw new Error(`access logging ${index + 1} of ${title} is without effect for ${whose}: ` +
        `access logging ${entries.length} is for the same, leave one out, or give them different modes`);
    }
  });
}

/** An entry without providers is for those of the one before. */
function effectiveKeys(entries: readonly TelemetryAccessLogging[]): (readonly string[])[] {
  let keys = UNNAMED;
  return entries.map(({ _providers }) => keys = _providers.keys ?? keys);
}

function coversMode(wide = WorkloadMode.CLIENT_AND_SERVER, narrow = WorkloadMode.CLIENT_AND_SERVER): boolean {
  return wide === WorkloadMode.CLIENT_AND_SERVER || wide === narrow;
}
