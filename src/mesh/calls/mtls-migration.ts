import { Construct } from 'constructs';
import { MtlsMode, PeerAuthentication } from '../../istio/peer-authentication';
import { Mesh } from '../mesh';
import { IMeshNamespace } from '../mesh-client';
import { patternLabels } from '../pattern-labels';

/**
 * How far a mesh has come on the way to mTLS everywhere. Each step is one word to change:
 *
 * 1. `PERMISSIVE`: plain text and mTLS are taken everywhere. Look in `istio_requests_total` for `connection_security_policy` other than `mutual_tls`:
 *    these are the clients that have no proxy yet.
 * 2. `strictIn(shop, edge)`: namespace by namespace, once nobody sends plain text to it.
 * 3. `strict(legacy)`: mTLS everywhere but in the named namespaces; at last `strict()`.
 *
 * @see https://istio.io/latest/docs/tasks/security/authentication/mtls-migration/
 */
export class MtlsStep {
  /** The first step: plain text and mTLS are taken everywhere. */
  public static readonly PERMISSIVE = new MtlsStep(MtlsMode.PERMISSIVE, MtlsMode.STRICT, []);

  /**
   * The second step: mTLS only in some namespaces.
   *
   * @param namespaces the namespaces that are ready
   * @throws when there are none
   */
  public static strictIn(...namespaces: IMeshNamespace[]): MtlsStep {
    if (namespaces.length === 0) {
      throw new Error('strictIn of an mTLS migration needs at least one namespace, got none: use MtlsStep.PERMISSIVE');
    }
    return new MtlsStep(MtlsMode.PERMISSIVE, MtlsMode.STRICT, namespaces);
  }

  /**
   * The last step: mTLS only, everywhere.
   *
   * @param except namespaces that are not ready, where plain text is taken still
   */
  public static strict(...except: IMeshNamespace[]): MtlsStep {
    return new MtlsStep(MtlsMode.STRICT, MtlsMode.PERMISSIVE, except);
  }

  private constructor(
    /**
     * What holds for the mesh.
     *
     * @internal
     */
    public readonly _mesh: MtlsMode,
    /**
     * What holds in the namespaces.
     *
     * @internal
     */
    public readonly _inNamespaces: MtlsMode,
    /** @internal */
    public readonly _namespaces: IMeshNamespace[],
  ) {}
}

/** Properties of a migration to mTLS. */
export interface MtlsMigrationProps {
  /** The mesh. */
  readonly mesh: Mesh;

  /** How far it has come. */
  readonly step: MtlsStep;
}

/**
 * Leads a mesh from plain text to mTLS, step by step. It writes what holds for the mesh, and for the namespaces of the step. A `MeshNamespace` of this app
 * says what it takes by itself: give it `mtls: MtlsMode.UNSET`, so that the migration says it.
 *
 * @see https://istio.io/latest/docs/tasks/security/authentication/mtls-migration/
 */
export class MtlsMigration extends Construct {
  /**
   * @throws when the mesh is not Istio, a namespace is of another mesh, is the root namespace, or says something else by itself
   */
  constructor(scope: Construct, id: string, { mesh, step }: MtlsMigrationProps) {
    super(scope, id);
    mesh._requireIstio('MtlsMigration', 'its proxies speak mTLS to each other anyway, close namespaces one by one to refuse whoever has no identity');
    for (const namespace of step._namespaces) {
      if (namespace.mesh !== mesh) {
        throw new Error(`namespace '${namespace.name}' of an mTLS migration is in another mesh: pass namespaces of the same one`);
      }
      if (namespace.name === mesh.rootNamespace) {
        throw new Error(`namespace '${namespace.name}' of an mTLS migration is the root namespace, whose objects hold for the whole mesh: leave it out`);
      }
      namespace._policies.migrateMtls(step._inNamespaces);
    }
    new PeerAuthentication(this, 'PeerAuthentication', {
      metadata: { name: 'default', namespace: mesh.rootNamespace, labels: patternLabels('mtls-migration', mesh.rootNamespace) },
      mode: step._mesh,
    });
  }
}
