import { ExtensionProvider, ProviderUse } from './extension-provider';
import { Istio } from './istio';
import { checkUnique } from '../semantics/lists';

/** The sections of a Telemetry, which are those of the mesh's default providers. */
const SECTIONS = {
  tracing: { use: ProviderUse.TRACING, everyMesh: false },
  // Prometheus, unless the mesh says something else.
  metrics: { use: ProviderUse.METRICS, everyMesh: true },
  accessLogging: { use: ProviderUse.ACCESS_LOGGING, everyMesh: false },
} as const;

/**
 * Where a section of a Telemetry goes: to providers that it names, to those of the mesh, or to whatever a wider Telemetry says.
 *
 * @internal
 */
export class TelemetryProviders {
  public static to(providers: readonly ExtensionProvider[]): TelemetryProviders {
    return new TelemetryProviders(providers, false);
  }

  public static byDefault(): TelemetryProviders {
    return new TelemetryProviders(undefined, true);
  }

  public static inherited(): TelemetryProviders {
    return new TelemetryProviders(undefined, false);
  }

  private constructor(
    /** Undefined where none are named. */
    private readonly named: readonly ExtensionProvider[] | undefined,
    private readonly needsDefault: boolean,
  ) {}

  /** The names, as istiod tells them apart; undefined where none are named. */
  public get keys(): readonly string[] | undefined {
    return this.named?.map(({ name }) => name.toLowerCase());
  }

  /** Refuses what the mesh does not have, or has for something else. */
  public check(istio: Istio, section: keyof typeof SECTIONS, what: string): void {
    const { use, everyMesh } = SECTIONS[section];
    if (this.named?.length === 0) {
      throw new Error(`${what} needs at least one provider, got none: pass one, or use byDefault`);
    }
    checkUnique(this.named?.map(({ name }) => name) ?? [], `providers of ${what}`, name => name.toLowerCase());
    this.named?.forEach(provider => istio.checkProvider(provider, use, what));
    const mesh = istio.declaration;
    if (this.needsDefault && mesh && !hasSome(mesh.defaultProviders?.[section], everyMesh)) {
      throw new Error(`${what} is left to the default providers of the mesh, which has none for ${use}: ` +
        `name a provider, or pass ${section} in defaultProviders of the IstioMesh`);
    }
  }

  /** Refuses to leave to the mesh whose logs are off, where they go to a file: istiod knows no provider of it, so that it goes on. */
  public checkOff(istio: Istio, what: string): void {
    const mesh = istio.declaration;
    if (this.named === undefined && mesh?.meshConfig.accessLogFile && !mesh.defaultProviders?.accessLogging?.length) {
      throw new Error(`${what} is off for the providers of the mesh, which has none but a file, and goes on there: pass providers: [ExtensionProvider.ENVOY]`);
    }
  }

  public toKube(): { readonly name: string }[] | undefined {
    return this.named?.map(({ name }) => ({ name }));
  }
}

function hasSome(providers: readonly ExtensionProvider[] | undefined, otherwise: boolean): boolean {
  return providers === undefined ? otherwise : providers.length > 0;
}
