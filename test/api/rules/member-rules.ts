import type { Assembly, InterfaceType, Method, Property } from 'jsii-reflect';
import { constructsOf, membersOf, methodsOf, nameOf } from '../assembly';
import type { Rules } from './rule';

const EVENT_RULE = '(id: string, options?: aws-cdk-lib.aws_events.OnEventOptions): aws-cdk-lib.aws_events.Rule';

function signatureOf({ parameters, returns }: Method): string {
  const types = parameters.map(({ name, optional, variadic, type }) => `${variadic ? '...' : ''}${name}${optional ? '?' : ''}: ${type}`);
  return `(${types.join(', ')}): ${returns.type}`;
}

function told(method: Method): string {
  return `${nameOf(method)}${signatureOf(method)}`;
}

/** The signature that a method `addX()` of a window has. */
function addingSignature(api: Assembly, what: string): string {
  const [options, result] = what === 'Target' ? ['MaintenanceWindowTargetOptions', 'MaintenanceWindowTarget'] : [`${what}Options`, 'MaintenanceWindowTask'];
  return `(id: string, options: ${api.name}.${options}): ${api.name}.${result}`;
}

/** The interfaces of what is deployed: a construct is used through them, whether it is defined here or imported. */
export function resourcesOf(api: Assembly): InterfaceType[] {
  return api.allInterfaces.filter((type) => type.getInterfaces(true).some(({ fqn }) => fqn === 'constructs.IConstruct'));
}

function isAttribute({ docs }: Property): boolean {
  return docs.customTag('attribute') !== undefined;
}

function isIdentifier({ name }: Property): boolean {
  return /(Id|Arn|Name)$/.test(name);
}

function isImport(api: Assembly, { name, parentType, static: isStatic }: Method): boolean {
  return isStatic && /^from[A-Z]/.test(name) && constructsOf(api).some(({ fqn }) => fqn === parentType.fqn);
}

/** The beginning of the names of the attributes of a resource. */
function prefixOf(resource: InterfaceType): string {
  return resource.name[1].toLowerCase() + resource.name.slice(2);
}

/** Adds a statement to a policy, as constructs of CDK that have a role do. */
const ADD_STATEMENT = /^addTo\w*Policy$/;

export const MEMBER_RULES: Rules = {
  'attributes of resources are marked': {
    find: (api) => resourcesOf(api)
      .flatMap(({ ownProperties }) => ownProperties.filter((property) => isAttribute(property) !== isIdentifier(property)).map(nameOf)),
  },

  'attributes of resources begin with the name of the resource': {
    find: (api) => resourcesOf(api)
      .flatMap((resource) => {
        const attributes = resource.ownProperties.filter(isAttribute);
        return attributes.filter(({ name }) => !name.startsWith(prefixOf(resource))).map(nameOf);
      }),
  },

  'attributes of resources have the id among them': {
    find: (api) => resourcesOf(api)
      .filter((resource) => !resource.ownProperties.some(({ name }) => name === `${prefixOf(resource)}Id`))
      .map(({ name }) => name),
  },

  'methods that define rules take what all such methods of CDK take': {
    find: (api) => methodsOf(api).filter((method) => /^on[A-Z]/.test(method.name) && signatureOf(method) !== EVENT_RULE).map(told),
  },

  'methods that add a construct take its options and return it': {
    find: (api) => methodsOf(api)
      .filter((method) => /^add[A-Z]/.test(method.name) && !ADD_STATEMENT.test(method.name) && signatureOf(method) !== addingSignature(api, method.name.replace(/^add/, '')))
      .map(told),
    except: [
      // a patch group is no construct
      'PatchBaseline.addPatchGroup(patchGroup: string): void',
      // the windows of a ring live in any stack
      'PatchRings.addPatchWindows(scope: constructs.Construct, id: string, options: cdk-ssm-maintenance-windows.patching.PatchRingWindowsOptions): '
        + 'cdk-ssm-maintenance-windows.patching.PatchWindows',
      // the runbook adds a task to a window, which it is no part of
      'PatchRunbook.addTo(window: aws-cdk-lib.interfaces.aws_ssm.IMaintenanceWindowRef, id: string, '
      + 'options: cdk-ssm-maintenance-windows.patching.PatchRunbookTaskOptions): cdk-ssm-maintenance-windows.MaintenanceWindowTask',
    ],
  },

  'methods that import say what they import and return its interface': {
    find: (api) => methodsOf(api).filter((method) => isImport(api, method)
      && !(method.name.startsWith(`from${method.parentType.name}`)
        && signatureOf(method).startsWith('(scope: constructs.Construct, id: string, ')
        && method.returns.type.fqn === method.parentType.fqn.replace(/[^.]+$/, (name) => `I${name}`))).map(told),
  },

  'methods that are static make an instance, ask for one, or have no other home': {
    find: (api) => methodsOf(api).filter(({ name, static: isStatic, parentType, returns }) =>
      isStatic && returns.type.fqn !== parentType.fqn && !/^from[A-Z]/.test(name) && !(/^is[A-Z]/.test(name) && returns.type.primitive === 'boolean')).map(nameOf),
    except: ['MaintenanceWindowAlarms.configure', 'MaintenanceWindowBlackouts.add', 'MaintenanceWindowBlackouts.configure', 'MaintenanceWindowCalendar.assertOrder', 'PatchBaseline.awsDefault', 'PseudoParameter.of'],
  },

  'methods have parameters with names': {
    find: (api) => membersOf(api)
      .flatMap((member) => 'parameters' in member ? member.parameters.filter(({ name }) => name.startsWith('_')).map(({ name }) => `${nameOf(member)}(${name})`) : []),
  },

  'names of constants are in capitals, those of what is computed are not': {
    find: (api) => membersOf(api)
      .filter((member): member is Property => 'type' in member && member.static)
      .filter(({ name, const: isConstant }) => !(isConstant ? /^[A-Z][A-Z0-9_]*$/ : /^[a-z][A-Za-z0-9]*$/).test(name))
      .map(nameOf),
  },

  'names of enum members are in capitals': {
    find: (api) => api.allEnums.flatMap((type) => type.members.filter(({ name }) => !/^[A-Z][A-Z0-9_]*$/.test(name)).map(({ name }) => `${type.name}.${name}`)),
  },
};
