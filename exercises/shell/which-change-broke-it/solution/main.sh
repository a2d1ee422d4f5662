bash setup.sh
echo '[ "$(bash fare.sh 3)" -eq 360 ]' > test.sh
cd station

git bisect start HEAD "$(git rev-list --max-parents=0 HEAD)"
git bisect run bash ../test.sh
git log -1 --format=%s refs/bisect/bad > ../found.txt
git bisect reset
