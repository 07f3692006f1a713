import { nameOf, propertiesOfStructs, usesOf } from '../assembly';
import type { Use } from '../assembly';
import type { Rules } from './rule';

/** A number that is called one of these is an amount of time. */
const TIME = /^(second|minute|hour|day|week|month|year|milli(second)?|timeout|duration|interval|period)s?$/i;

/** The words of a name in camel case or in capitals. */
function wordsOf(name: string): string[] {
  return name.match(/[A-Z]?[a-z]+|[A-Z]+(?![a-z])|\d+/g) ?? [];
}

/** The name of the member or parameter that has the type, without that of what it belongs to. */
function ownNameOf({ place }: Use): string {
  return /(\w+)(\(\)|\))?$/.exec(place)![1];
}

function told({ place, type }: Use): string {
  return `${place}: ${type}`;
}

export const TYPE_RULES: Rules = {
  'types are no unions or intersections, which other languages know only as objects': {
    find: (api) => usesOf(api).filter(({ type }) => type.unionOfTypes || type.intersectionOfTypes).map(told),
  },

  'types are any only where anything is meant': {
    find: (api) => usesOf(api).filter(({ type }) => type.isAny || type.primitive === 'json').map(({ place }) => place),
    except: [
      'MaintenanceWindow.isMaintenanceWindow(x)', 'MaintenanceWindowAlarmMute.isMaintenanceWindowAlarmMute(x)',
      'MaintenanceWindowNotification.isMaintenanceWindowNotification(x)', 'PatchReport.isPatchReport(x)', 'MaintenanceWindowExecutionAlarm.isMaintenanceWindowExecutionAlarm(x)',
      'MaintenanceWindowTarget.isMaintenanceWindowTarget(x)', 'MaintenanceWindowTask.isMaintenanceWindowTask(x)', 'PatchBaseline.isPatchBaseline(x)',
      'PatchRings.isPatchRings(x)', 'PatchRunbook.isPatchRunbook(x)', 'PatchWindows.isPatchWindows(x)',
      'TaskInput.fromObject(obj)',
    ],
  },

  'types are generated classes only where a document of the app comes in': {
    find: (api) => usesOf(api).filter(({ type }) => type.fqn?.split('.').pop()!.startsWith('Cfn')).map(({ place }) => place),
    except: ['AutomationRunbook.fromDocument(document)', 'RunCommandDocument.fromDocument(document)'],
  },

  'types of props are interfaces wherever a class of aws-cdk-lib has one': {
    find: (api) => {
      const props = new Set(propertiesOfStructs(api).map(nameOf));
      return usesOf(api).filter(({ place, type: { fqn } }) => {
        const [name, ...namespace] = (fqn ?? '').split('.').reverse();
        return props.has(place) && fqn?.startsWith('aws-cdk-lib.') && api.system.tryFindFqn([`I${name}`, ...namespace].reverse().join('.'));
      }).map(told);
    },
  },

  'types are durations and not numbers of a unit': {
    find: (api) => usesOf(api).filter((use) => use.type.primitive === 'number' && wordsOf(ownNameOf(use)).some((word) => TIME.test(word))).map(told),
    // a day of the calendar, and no time from one to another
    except: ['DayOfYear.day: number', 'DayOfYear.month: number'],
  },
};
