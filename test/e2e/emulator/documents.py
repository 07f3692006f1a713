"""Documents of Systems Manager as CloudFormation makes them, without the API."""

from ministack.services.cloudformation import provisioners

DOCUMENT = "AWS::SSM::Document"


class Documents:
    def __init__(self):
        self.contents = {}

    def install(self):
        provisioners._RESOURCE_HANDLERS[DOCUMENT] = {"create": self._create, "update": self._update, "delete": self._delete}
        # resource schema: createOnlyProperties, and the content unless UpdateMethod is NewVersion
        provisioners._REPLACING_PROPERTIES[DOCUMENT] = ("Name",)

    def _create(self, logical_id, properties, stack_name):
        name = properties.get("Name") or f"{stack_name}-{logical_id}"
        if name in self.contents:
            raise ValueError("The specified document already exists. (Service: Ssm, Error Code: DocumentAlreadyExists)")
        self._put(name, properties)
        return name, {}

    def _update(self, name, _old, properties, _stack_name):
        if properties.get("UpdateMethod") != "NewVersion":
            raise ValueError("only updates as a new version are emulated")
        self._put(name, properties)
        return name, {}

    def _delete(self, name, _properties):
        self.contents.pop(name, None)

    def _put(self, name, properties):
        # API/CreateDocument: a calendar is text
        if properties["DocumentType"] != "ChangeCalendar" or properties["DocumentFormat"] != "TEXT":
            raise ValueError("only documents of the type ChangeCalendar are emulated")
        if not properties["Content"].startswith("BEGIN:VCALENDAR\r\n"):
            raise ValueError("The content for the document is not valid. (Service: Ssm, Error Code: InvalidDocumentContent)")
        self.contents[name] = properties["Content"]
