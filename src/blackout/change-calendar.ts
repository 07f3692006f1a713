import { CfnDocument } from 'aws-cdk-lib/aws-ssm';
import { Lazy, Resource, Stack } from 'aws-cdk-lib/core';
import { propertyInjectable } from 'aws-cdk-lib/core/lib/prop-injectable';
import type { Construct } from 'constructs';
import type { Blackout } from './blackout';
import { changeCalendarContent } from './change-calendar-content';
import { blackoutsOf, keepBlackouts } from './registry';
import { checkEach, checkGiven, checkOptional } from '../common/given';
import { checkPattern } from '../common/validation';
import { CHANGE_CALENDAR_NAME } from '../rules/blackout';

/** Properties of a Change Calendar. */
export interface ChangeCalendarProps {
  /**
   * The times in which the calendar is closed, in addition to those of `MaintenanceWindowBlackouts.add()` for the scopes around it.
   *
   * @default - the calendar has those of the scopes around it
   */
  readonly blackouts?: Blackout[];

  /**
   * The name of the calendar.
   *
   * 3 to 128 letters, digits, `_`, `-` and `.`.
   *
   * @default - a unique name is generated
   */
  readonly calendarName?: string;
}

/**
 * A calendar of AWS Systems Manager Change Calendar that is closed in black-outs and open otherwise.
 *
 * Runbooks and pipelines ask for its state, for example by the API operation `GetCalendarState`. Maintenance windows do not: they are turned off by
 * their own black-outs. The events are in UTC. Where the change to daylight saving time or a leap day makes a difference between years, a yearly event
 * is as long as the longest.
 *
 * @resource AWS::SSM::Document
 * @stateless
 * @see https://docs.aws.amazon.com/systems-manager/latest/userguide/systems-manager-change-calendar.html
 * @example
 * MaintenanceWindowBlackouts.add(this, [
 *   Blackout.yearly({ firstDay: { month: 12, day: 20 }, lastDay: { month: 1, day: 6 }, reason: 'Year-end freeze' }),
 * ]);
 * const calendar = new ChangeCalendar(this, 'Freezes');
 */
@propertyInjectable
export class ChangeCalendar extends Resource {
  /** The ID by which property injectors find the class. */
  public static readonly PROPERTY_INJECTION_ID: string = 'cdk-ssm-maintenance-windows.ChangeCalendar';

  /**
   * The name of the calendar.
   *
   * @attribute
   */
  public readonly changeCalendarName: string;

  /**
   * The ARN of the calendar.
   *
   * @attribute
   */
  public readonly changeCalendarArn: string;

  constructor(scope: Construct, id: string, props: ChangeCalendarProps = {}) {
    super(scope, id);
    checkGiven(this, 'props', props, 'an object');
    props.blackouts !== undefined && checkEach(this, 'blackouts', props.blackouts, 'a Blackout');
    checkOptional(this, 'calendarName', props.calendarName, 'a string');
    checkPattern(this, 'calendarName', props.calendarName, CHANGE_CALENDAR_NAME);
    keepBlackouts(this, props.blackouts?.map(({ _dates }) => _dates) ?? []);

    const resource = new CfnDocument(this, 'Resource', {
      documentType: 'ChangeCalendar',
      documentFormat: 'TEXT',
      name: props.calendarName,
      content: {},
      // another document of the same name cannot be made before this one is deleted
      updateMethod: 'NewVersion',
    });
    // the L1 construct takes an object only; black-outs of the scopes can be added later
    resource.addPropertyOverride('Content', Lazy.string({ produce: () => changeCalendarContent(blackoutsOf(this)) }));
    this.changeCalendarName = resource.ref;
    this.changeCalendarArn = Stack.of(this).formatArn({ service: 'ssm', resource: 'document', resourceName: resource.ref });
  }
}
