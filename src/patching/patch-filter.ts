import { Token } from 'aws-cdk-lib/core';
import { checkEach } from '../common/given';
import { knownText } from '../common/text';
import { throwFirst } from '../common/validation';
import { Findings } from '../rules/findings';
import { checkFilterValues } from '../rules/patch-baseline';
import { UNKNOWN } from '../rules/value';

/**
 * A filter on a property of patches: a patch passes if the property has one of the values.
 *
 * 1 to 20 values of 1 to 64 characters, as `aws ssm describe-patch-properties` lists them; `*` stands for all. Which filters go with which operating
 * system is documented there, too: of Linux `product()` with `classification()` and `severity()`, of Debian and Ubuntu `product()` with `priority()`,
 * of Windows `patchSet()`, `product()`, `productFamily()`, `classification()` and `msrcSeverity()`.
 *
 * @see https://docs.aws.amazon.com/systems-manager/latest/APIReference/API_PatchFilter.html
 * @see https://docs.aws.amazon.com/systems-manager/latest/APIReference/API_DescribePatchProperties.html
 */
export class PatchFilter {
  /** Filters by product, such as `WindowsServer2022`, `AmazonLinux2023` or `Ubuntu24.04`. */
  public static product(...values: string[]): PatchFilter { return make('PRODUCT', values); }

  /** Filters by classification, such as `SecurityUpdates` on Windows and `Security` or `Bugfix` on Linux. */
  public static classification(...values: string[]): PatchFilter { return make('CLASSIFICATION', values); }

  /** Filters by severity, such as `Critical` or `Important`, on Linux with RPM packages. */
  public static severity(...values: string[]): PatchFilter { return make('SEVERITY', values); }

  /** Filters by the severity that the Microsoft Security Response Center gives, such as `Critical` or `Important`. */
  public static msrcSeverity(...values: string[]): PatchFilter { return make('MSRC_SEVERITY', values); }

  /** Filters by set of patches on Windows: `OS` for the operating system, `APPLICATION` for applications of Microsoft. */
  public static patchSet(...values: string[]): PatchFilter { return make('PATCH_SET', values); }

  /** Filters by family of products on Windows, such as `Windows` or `Office`. */
  public static productFamily(...values: string[]): PatchFilter { return make('PRODUCT_FAMILY', values); }

  /** Filters by priority on Debian and Ubuntu, such as `Required` or `Important`. */
  public static priority(...values: string[]): PatchFilter { return make('PRIORITY', values); }

  /** Filters by section of the archive on Ubuntu. */
  public static section(...values: string[]): PatchFilter { return make('SECTION', values); }

  /** Filters by ID of the patch, such as `KB123456`. */
  public static patchId(...values: string[]): PatchFilter { return make('PATCH_ID', values); }

  /** Filters by name of the package, such as `kernel-headers`. */
  public static packageName(...values: string[]): PatchFilter { return make('NAME', values); }

  /** Filters by architecture, such as `x86_64`. */
  public static arch(...values: string[]): PatchFilter { return make('ARCH', values); }

  /** Filters by epoch of the package. */
  public static epoch(...values: string[]): PatchFilter { return make('EPOCH', values); }

  /** Filters by version of the package, such as `78.6.1`. */
  public static packageVersion(...values: string[]): PatchFilter { return make('VERSION', values); }

  /** Filters by release of the package, such as `1.amzn2`. */
  public static release(...values: string[]): PatchFilter { return make('RELEASE', values); }

  /** Filters by repository, such as `Core` or `Updates`. */
  public static repository(...values: string[]): PatchFilter { return make('REPOSITORY', values); }

  /** Filters by the key `SECURITY`, which the API has and its pages do not explain. */
  public static security(...values: string[]): PatchFilter { return make('SECURITY', values); }

  /** Filters by ID of an advisory, such as `ALAS2-2021-1594`. */
  public static advisoryId(...values: string[]): PatchFilter { return make('ADVISORY_ID', values); }

  /** Filters by ID in Bugzilla. */
  public static bugzillaId(...values: string[]): PatchFilter { return make('BUGZILLA_ID', values); }

  /** Filters by CVE, such as `CVE-2020-1472`. */
  public static cveId(...values: string[]): PatchFilter { return make('CVE_ID', values); }

  /** @internal */
  public static _of(key: string, values: string[]): PatchFilter {
    return new PatchFilter(key, values);
  }

  private constructor(
    /** The property of patches, such as `PRODUCT`. */
    public readonly key: string,
    /** The values that pass. */
    public readonly values: string[]) {
  }
}

function make(key: string, values: string[]): PatchFilter {
  checkEach(undefined, 'values', values, 'a string');
  const findings = new Findings((property) => property);
  checkFilterValues(findings, 'values', Token.isUnresolved(values) ? UNKNOWN : values.map((value) => knownText(value)));
  throwFirst(undefined, findings);
  return PatchFilter._of(key, values);
}
