import { booleanOf, instantOf } from '../../rules/value';
import { isLiteral, literalNumber } from '../literals';
import { call, map, core, create, isEmptyObject, literal, keyword, member, object, own, type Code } from './code';
import { isObject, type Json, type JsonObject } from '../json';
import type { Entity } from '../model';
import type { RenderedProps, Rendering } from './rendering';
import { hasTimeZoneConstant, timeZoneConstant } from './time-zones';
import { offsetAllowed, parseSchedule } from '../../schedule/engine/grammar';

/** Props of `new MaintenanceWindow`. */
export function windowProps({ properties, enabled }: Entity, { values }: Rendering, customResources: Code): RenderedProps {
  const overrides: RenderedProps['overrides'] = [];
  const optionalText = (value: Json | undefined) => value === undefined ? undefined : values.string(value);
  const overridden = (name: string): undefined => {
    if (properties[name] !== undefined) {
      overrides.push([name, values.any(properties[name])]);
    }
    return undefined;
  };
  const date = (name: string) => {
    const instant = instantOf(properties[name]);
    return instant ? create(keyword('Date'), literal(properties[name] as string)) : overridden(name);
  };
  const unassociated = booleanOf(properties.AllowUnassociatedTargets);
  return {
    props: {
      maintenanceWindowName: values.string(properties.Name),
      description: optionalText(properties.Description),
      schedule: schedule(properties, values),
      duration: hours(properties.Duration, values),
      cutoff: literalNumber(properties.Cutoff) === 0 ? undefined : hours(properties.Cutoff, values),
      enabled: enabled === false ? { kind: 'choice', test: customResources, value: literal(false) } : undefined,
      allowUnassociatedTargets: unassociated === undefined ? overridden('AllowUnassociatedTargets') : unassociated ? literal(true) : undefined,
      startDate: date('StartDate'),
      endDate: date('EndDate'),
      tags: tags(properties.Tags, values) ?? overridden('Tags'),
    },
    overrides,
  };
}

function hours(value: Json, values: Rendering['values']): Code {
  return call(core('Duration.hours'), values.number(value));
}

function tags(value: Json | undefined, values: Rendering['values']): Code | undefined {
  const isPlain = Array.isArray(value) && value.every(tag => isObject(tag) && typeof tag.Key === 'string' && tag.Value !== undefined && Object.keys(tag).length === 2);
  return isPlain ? map((value as JsonObject[]).map(tag => [tag.Key as string, values.string(tag.Value)])) : undefined;
}

function schedule(properties: JsonObject, values: Rendering['values']): Code {
  const { Schedule: expression, ScheduleTimezone: zone, ScheduleOffset: offset } = properties;
  const options = {
    timeZone: zone === undefined ? undefined : timeZone(zone, values),
    offset: offset === undefined ? undefined : call(core('Duration.days'), values.number(offset)),
  };
  const typed = typeof expression === 'string' ? typedSchedule(expression, options) : undefined;
  const optionsCode = object(options);
  return typed ?? call(own('MaintenanceWindowSchedule.expression'), values.string(expression), ...isEmptyObject(optionsCode) ? [] : [optionsCode]);
}

function timeZone(zone: Json, values: Rendering['values']): Code {
  return isLiteral(zone) && hasTimeZoneConstant(String(zone)) ? core(`TimeZone.${timeZoneConstant(String(zone))}`) : call(core('TimeZone.of'), values.string(zone));
}

/** The typed factory, if it gives the very same expression and accepts it. */
function typedSchedule(expression: string, options: { readonly [name: string]: Code | undefined }): Code | undefined {
  const { schedule: parsed, faults } = parseSchedule(expression);
  if (parsed === undefined || faults.length > 0) {
    return undefined;
  }
  const hasOptions = Object.values(options).some(option => option !== undefined);
  switch (parsed.kind) {
    case 'cron': return options.offset && !offsetAllowed(parsed) ? undefined : cron(expression, options);
    case 'rate': return hasOptions ? undefined : rate(expression);
    case 'at': return !hasOptions && parsed.instant.toISOString().slice(0, 19) === expression.slice(3, -1)
      ? call(own('MaintenanceWindowSchedule.at'), create(keyword('Date'), literal(`${expression.slice(3, -1)}Z`))) : undefined;
  }
}

function cron(expression: string, options: { readonly [name: string]: Code | undefined }): Code | undefined {
  const fields = /^cron\(([^()]*)\)$/.exec(expression)?.[1].split(' ') ?? [];
  const [minute, hour, day, month, weekDay, year] = fields.length === 7 ? fields.slice(1) : fields;
  const second = fields.length === 7 ? fields[0] : undefined;
  const given: { [name: string]: string | undefined } = {
    second,
    minute: minute === '0' ? undefined : minute,
    hour,
    day: day === '?' || (day === '*' && weekDay === '?') ? undefined : day,
    month: month === '*' ? undefined : month,
    weekDay: weekDay === '?' ? undefined : weekDay,
    year: year === '*' ? undefined : year,
  };
  const rendered = [
    ...second === undefined ? [] : [second],
    given.minute ?? '0', hour, given.day ?? (given.weekDay === undefined ? '*' : '?'), given.month ?? '*', given.weekDay ?? '?', given.year ?? '*',
  ].join(' ');
  if (fields.includes('') || expression !== `cron(${rendered})`) {
    return undefined;
  }
  const texts = Object.fromEntries(Object.entries(given).map(([name, value]) => [name, value === undefined ? undefined : literal(value)]));
  return call(own('MaintenanceWindowSchedule.cron'), object({ ...texts, ...options }));
}

function rate(expression: string): Code | undefined {
  const match = /^rate\(([1-9]\d*) (minute|hour|day)(s?)\)$/.exec(expression);
  const value = Number(match?.[1]);
  const isWritten = match && (value === 1) === (match[3] === '') && !(match[2] === 'minute' && value < 5);
  return isWritten ? call(own('MaintenanceWindowSchedule.rate'), call(member(core('Duration'), `${match[2]}s`), literal(value))) : undefined;
}
