import type * as iam from 'aws-cdk-lib/aws-iam';
import type { IConstruct } from 'constructs';

/** The service role as one task sees it: it notes whether anything was granted through the task. */
export class TaskPrincipal implements iam.IPrincipal {
  public readonly grantPrincipal: iam.IPrincipal = this;
  public readonly assumeRoleAction: string;
  public readonly policyFragment: iam.PrincipalPolicyFragment;
  public readonly principalAccount?: string;
  private granted = false;

  public constructor(private readonly task: IConstruct, private readonly role: iam.IRole) {
    this.assumeRoleAction = role.assumeRoleAction;
    this.policyFragment = role.policyFragment;
    this.principalAccount = role.principalAccount;
  }

  public get wasGranted(): boolean {
    return this.granted;
  }

  public addToPrincipalPolicy(statement: iam.PolicyStatement): iam.AddToPrincipalPolicyResult {
    this.granted = true;
    return this.role.addToPrincipalPolicy(statement);
  }

  /** Functions of CDK remember by this text to whom they have granted something. */
  public toString(): string {
    return this.task.node.path;
  }
}
