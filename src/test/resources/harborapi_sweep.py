"""Uses every operation that Orlop serves through harborapi, a client written for Harbor.

Called with the registry's host and an administrator's name; the password comes on standard input.
Any answer that the client cannot read, and any state that is not as it was written, ends it with a
trace.
"""

import asyncio
import base64
import gzip
import hashlib
import io
import json
import sys
import tarfile
import urllib.request
import uuid

from harborapi import HarborAsyncClient
from harborapi.exceptions import NotFound
from harborapi.models import (
    Configurations,
    CVEAllowlist,
    CVEAllowlistItem,
    Label,
    ProjectMetadata,
    ProjectReq,
    QuotaUpdateReq,
    Repository,
    RobotCreate,
    RobotPermission,
    Tag,
    UserCreationReq,
    UserGroup,
    UserProfile,
)
from harborapi.models.models import Access

HOST, USER = sys.argv[1], sys.argv[2]
PASSWORD = sys.stdin.readline().strip()
MARK = uuid.uuid4().hex[:8]


def registry(method, path, body=b"", content_type="application/octet-stream"):
    request = urllib.request.Request(f"http://{HOST}{path}", data=body, method=method)
    token = base64.b64encode(f"{USER}:{PASSWORD}".encode()).decode()
    request.add_header("Authorization", f"Basic {token}")
    request.add_header("Content-Type", content_type)
    return urllib.request.urlopen(request)


def push_blob(repository, content):
    digest = "sha256:" + hashlib.sha256(content).hexdigest()
    registry("POST", f"/v2/{repository}/blobs/uploads/?digest={digest}", content)
    return {"digest": digest, "size": len(content)}


def push_image(repository, tag):
    archive = io.BytesIO()
    with tarfile.open(fileobj=archive, mode="w") as tar:
        tar.addfile(tarfile.TarInfo("hello"))
    layer = gzip.compress(archive.getvalue())
    config = {
        "architecture": "amd64",
        "os": "linux",
        "created": "2026-01-02T03:04:05Z",
        "author": "somebody",
        "config": {"Env": ["A=b"]},
        "rootfs": {"type": "layers", "diff_ids": ["sha256:" + "0" * 64]},
        "history": [{"created": "2026-01-02T03:04:05Z", "created_by": "RUN " + MARK}],
    }
    manifest = {
        "schemaVersion": 2,
        "mediaType": "application/vnd.oci.image.manifest.v1+json",
        "config": {
            "mediaType": "application/vnd.oci.image.config.v1+json",
            **push_blob(repository, json.dumps(config).encode()),
        },
        "layers": [
            {
                "mediaType": "application/vnd.oci.image.layer.v1.tar+gzip",
                **push_blob(repository, layer),
            }
        ],
    }
    registry(
        "PUT", f"/v2/{repository}/manifests/{tag}", json.dumps(manifest).encode(),
        manifest["mediaType"],
    )


async def system(client):
    assert (await client.ping()).lower() == "pong"
    assert (await client.health_check()).status == "healthy"
    info = await client.get_system_info()
    assert info.harbor_version and info.auth_mode
    await client.get_system_volume_info()
    config = await client.get_config()
    assert config.token_expiration.value > 0
    await client.update_config(Configurations(robot_token_duration=31))
    assert (await client.get_config()).robot_token_duration.value == 31
    await client.update_config(Configurations(robot_token_duration=30))
    await client.update_cve_allowlist(
        CVEAllowlist(items=[CVEAllowlistItem(cve_id="CVE-2026-1")], expires_at=None)
    )
    assert [item.cve_id for item in (await client.get_cve_allowlist()).items] == ["CVE-2026-1"]
    await client.update_cve_allowlist(CVEAllowlist(items=[]))
    permissions = await client.get_permissions()
    assert len(permissions.system) == 70 and len(permissions.project) == 70
    assert await client.get_current_user_permissions("/system", True)


async def people(client):
    name = f"user-{MARK}"
    await client.create_user(
        UserCreationReq(
            username=name, email=f"{name}@example.com", realname="A Name", comment="hello",
            password="Secret-12345",
        )
    )
    user = await client.get_user_by_username(name)
    assert user.email == f"{name}@example.com" and user.comment == "hello"
    assert [found.username for found in await client.search_users_by_username(name)] == [name]
    assert name in [found.username for found in await client.get_users(query=f"username=~{MARK}")]
    await client.update_user(
        user.user_id, UserProfile(email=f"{name}@example.org", realname="B", comment="bye")
    )
    await client.set_user_admin(user.user_id, True)
    await client.set_user_password(user.user_id, "Secret-67890")
    changed = await client.get_user(user.user_id)
    assert changed.sysadmin_flag and changed.realname == "B"
    own = HarborAsyncClient(
        url=f"http://{HOST}/api/v2.0", username=name, secret="Secret-67890", validate=True
    )
    assert (await own.get_current_user()).username == name
    group = f"group-{MARK}"
    location = await client.create_usergroup(UserGroup(group_name=group, group_type=2))
    group_id = int(location.rsplit("/", 1)[1])
    assert [found.group_name for found in await client.search_usergroups(group)] == [group]
    assert group in [found.group_name for found in await client.get_usergroups(limit=100)]
    await client.update_usergroup(group_id, UserGroup(group_name=group + "-2"))
    assert (await client.get_usergroup(group_id)).group_name == group + "-2"
    return user.user_id, name, group_id


async def project(client, user_id, user, group_id):
    name = f"p-{MARK}"
    await client.create_project(
        ProjectReq(
            project_name=name,
            metadata=ProjectMetadata(public="false", auto_scan="true"),
            storage_limit=10_000_000,
        )
    )
    assert await client.project_exists(name)
    found = await client.get_project(name)
    assert found.metadata.auto_scan in (True, "true") and found.name == name
    assert [p.name for p in await client.get_projects(query=f"name=~{MARK}")] == [name]
    await client.update_project(name, ProjectReq(metadata=ProjectMetadata(severity="high")))
    await client.set_project_metadata(name, ProjectMetadata(prevent_vul="true"))
    await client.update_project_metadata_entry(name, "prevent_vul", {"prevent_vul": "false"})
    assert (await client.get_project_metadata(name)).severity is not None
    await client.get_project_metadata_entry(name, "severity")
    await client.delete_project_metadata_entry(name, "prevent_vul")
    await client.add_project_member_user(name, user, 2)
    await client.add_project_member_group(name, group_id, 3)
    members = await client.get_project_members(name)
    assert {member.entity_name for member in members} >= {user, "admin"}
    member = next(member for member in members if member.entity_name == user)
    await client.update_project_member_role(name, member.id, 4)
    assert (await client.get_project_member(name, member.id)).role_id == 4
    await client.remove_project_member(name, member.id)
    summary = await client.get_project_summary(name)
    assert summary.quota.hard.model_dump()["storage"] == 10_000_000
    quotas = await client.get_quotas(reference="project", reference_id=str(found.project_id))
    await client.update_quota(quotas[0].id, QuotaUpdateReq(hard={"storage": 20_000_000}))
    assert (await client.get_quota(quotas[0].id)).hard.model_dump()["storage"] == 20_000_000
    assert await client.get_project_scanner_candidates(name) == []
    return name, found.project_id


async def robots(client, name):
    created = await client.create_robot(
        RobotCreate(
            name=f"ci-{MARK}",
            level="project",
            duration=30,
            description="pushes",
            disable=False,
            permissions=[
                RobotPermission(
                    kind="project",
                    namespace=name,
                    access=[
                        Access(resource="repository", action="push"),
                        Access(resource="repository", action="pull"),
                    ],
                )
            ],
        )
    )
    robot = await client.get_robot(created.id)
    assert robot.name == created.name and len(robot.permissions[0].access) == 2
    robot.description = "still pushes"
    await client.update_robot(created.id, robot)
    assert (await client.get_robot(created.id)).description == "still pushes"
    await client.refresh_robot_secret(created.id, "Chosen-Secret-1")
    await client.get_robots()
    return created.id


async def content(client, name, project_id):
    push_image(f"{name}/team/app", "1")
    assert [r.name for r in await client.get_repositories(name)] == [f"{name}/team/app"]
    await client.update_repository(name, "team/app", Repository(description="an app"))
    assert (await client.get_repository(name, "team/app")).description == "an app"
    artifacts = await client.get_artifacts(name, "team/app", with_label=True, with_accessory=True)
    assert [tag.name for tag in artifacts[0].tags] == ["1"]
    digest = artifacts[0].digest
    found = await client.get_artifact(name, "team/app", "1")
    assert found.digest == digest and found.extra_attrs.root["os"] == "linux"
    history = await client.get_artifact_build_history(name, "team/app", digest)
    assert history[0].created_by == "RUN " + MARK
    await client.create_artifact_tag(name, "team/app", digest, Tag(name="2"))
    assert {t.name for t in await client.get_artifact_tags(name, "team/app", digest)} == {"1", "2"}
    await client.copy_artifact(name, "copy", f"{name}/team/app:1")
    assert (await client.get_artifact(name, "copy", "1")).digest == digest
    await client.delete_artifact_tag(name, "team/app", digest, "2")
    await client.get_artifact_accessories(name, "team/app", digest)
    await client.get_project_artifacts(name)
    location = await client.create_label(
        Label(name=f"l-{MARK}", color="#00FF00", scope="p", project_id=project_id, description="x")
    )
    label_id = int(location.rsplit("/", 1)[1])
    label = await client.get_label(label_id)
    await client.update_label(label_id, Label(**{**label.model_dump(), "description": "y"}))
    assert [l.id for l in await client.get_labels(scope="p", project_id=project_id)] == [label_id]
    await client.add_artifact_label(name, "team/app", digest, Label(id=label_id))
    labelled = await client.get_artifact(name, "team/app", digest, with_label=True)
    assert [l.id for l in labelled.labels] == [label_id]
    await client.delete_artifact_label(name, "team/app", digest, label_id)
    await client.delete_label(label_id)
    assert f"{name}/team/app" in [
        r.repository_name for r in (await client.search(MARK)).repository
    ]
    assert (await client.get_statistics()).total_project_count >= 1
    await asyncio.sleep(1.5)  # The log may be read within a second.
    assert await client.get_project_logs(name)
    assert await client.get_audit_logs(query=f"resource=~{MARK}")
    await client.delete_artifact(name, "copy", digest)
    for repository in ("copy", "team/app"):
        await client.delete_repository(name, repository)


async def main():
    client = HarborAsyncClient(
        url=f"http://{HOST}/api/v2.0", username=USER, secret=PASSWORD, validate=True
    )
    await system(client)
    user_id, user, group_id = await people(client)
    name, project_id = await project(client, user_id, user, group_id)
    robot_id = await robots(client, name)
    await content(client, name, project_id)
    await client.delete_robot(robot_id)
    assert (await client.get_project_deletable(name)).deletable
    await client.delete_project(name)
    try:
        await client.get_project(name)
        raise AssertionError("the project is still there")
    except NotFound:
        pass
    await client.delete_usergroup(group_id)
    await client.delete_user(user_id)
    print("done")


asyncio.run(main())
